import { createHash } from "node:crypto";
import type { Certificate } from "../../core/certificate/certificate.ts";
import { DerReader } from "../../core/certificate/der-reader.ts";
import { integer, nothing, objectIdentifier, octetString, sequence } from "../../core/x509/der-writer.ts";

const sha1 = "1.3.14.3.2.26";

/**
 * An OCSPRequest (RFC 6960, 4.1.1) about one certificate, with SHA-1 in its CertID as RFC 5019 section 2.1.1 wants it: it names,
 * it proves nothing. Without nonce: the answer is kept until its nextUpdate anyway, and responders that sign in advance ignore one.
 */
export function ocspRequest(certificate: Certificate, issuer: Certificate): Uint8Array<ArrayBuffer> {
  const hash = (bytes: Uint8Array) => octetString(createHash("sha1").update(bytes).digest());
  const certId = sequence(
    sequence(objectIdentifier(sha1), nothing()),
    hash(subjectBytes(issuer)),
    hash(issuer.publicKeyBits),
    integer(certificate.serial),
  );
  return sequence(sequence(sequence(sequence(certId))));
}

/** The subject's DER as the issuer wrote it (RFC 5280, 4.1): version, serial, algorithm, issuer and validity stand before it. */
function subjectBytes({ signedBytes }: Certificate): Uint8Array {
  const members = new DerReader(DerReader.single(signedBytes, 0x30).content);
  for (const tag of [0xa0, 0x02, 0x30, 0x30, 0x30]) members.read(tag);
  return members.read(0x30).whole;
}
