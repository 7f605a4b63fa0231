import { createHash } from "node:crypto";
import type { Certificate } from "../../core/certificate/certificate.ts";
import { der, nothing, objectIdentifier, octetString, sequence } from "../../core/x509/der-writer.ts";

const sha1 = "1.3.14.3.2.26";

/**
 * An OCSPRequest (RFC 6960, 4.1.1) about one certificate, with SHA-1 in its CertID as RFC 5019 section 2.1.1 wants it: it names,
 * it proves nothing. Without nonce: the answer is kept until its nextUpdate anyway, and responders that sign in advance ignore one.
 */
export function ocspRequest(certificate: Certificate, issuer: Certificate): Uint8Array<ArrayBuffer> {
  const hash = (bytes: Uint8Array) => octetString(createHash("sha1").update(bytes).digest());
  const certId = sequence(
    sequence(objectIdentifier(sha1), nothing()),
    hash(issuer.subject.der),
    hash(issuer.publicKeyBits),
    der(0x02, certificate.serial),
  );
  return sequence(sequence(sequence(sequence(certId))));
}
