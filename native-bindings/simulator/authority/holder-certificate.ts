import { createHash } from "node:crypto";
import { buildCertificate, type Name, type Signer } from "../../../core/x509/build-certificate.ts";
import { integer, octetString, printableString } from "../../../core/x509/der-writer.ts";
import { extensions } from "../../../core/x509/extensions.ts";
import type { DemonstrationCard } from "./demonstration-cards.ts";

const clientAuthentication = "1.3.6.1.5.5.7.3.2";
const smartcardLogon = "1.3.6.1.4.1.311.20.2.2";
const pivCardAuthentication = "2.16.840.1.101.3.6.8";
/** The policy of persons' certificates in the French health PKI's TEST branch. */
export const testPersonsPolicy = "1.2.250.1.213.1.7.2.1.1.1.1";

interface Issuer {
  readonly name: Name;
  readonly keyIdentifier: Uint8Array;
  readonly signer: Signer;
}

interface HolderKey {
  readonly use: "authentication" | "presence";
  readonly publicKey: Uint8Array;
  readonly keyIdentifier: Uint8Array;
}

/** Subject shaped like a health-professional card of the French PKI: one last RDN with given name, identifier, surname. */
function subjectOf(card: DemonstrationCard): Name {
  return [
    [{ type: "2.5.4.6", value: "FR" }],
    [{ type: "2.5.4.8", value: "Paris (75)" }],
    [{ type: "2.5.4.10", value: "HOPITAL DE DEMONSTRATION" }],
    [{ type: "2.5.4.11", value: "10B0057881" }],
    [{ type: "2.5.4.12", value: card.profession }],
    [
      { type: "2.5.4.42", value: card.givenName },
      { type: "2.5.4.3", value: card.nationalId },
      { type: "2.5.4.4", value: card.familyName },
    ],
  ];
}

/** A stable, positive serial number of 16 bytes. */
export function serialOf(card: DemonstrationCard, use: string): Uint8Array {
  const serial = createHash("sha256")
    .update(`${card.sameChipAs ?? card.id} ${use}`)
    .digest()
    .subarray(0, 16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

/** DER of a demonstration holder's certificate, in the form of the French profile: a TEST product, a profession code. */
export function holderCertificate(
  card: DemonstrationCard,
  key: HolderKey,
  validity: { readonly notBefore: number; readonly notAfter: number },
  issuer: Issuer,
): Uint8Array {
  const purposes = key.use === "authentication" ? [clientAuthentication, smartcardLogon] : [pivCardAuthentication];
  const serial = serialOf(card, key.use);
  return buildCertificate(
    {
      serial,
      issuer: issuer.name,
      subject: subjectOf(card),
      ...validity,
      publicKey: key.publicKey,
      extensions: [
        extensions.basicConstraints(false),
        extensions.keyUsage("digitalSignature"),
        extensions.extendedKeyUsage(...purposes),
        extensions.subjectKeyIdentifier(key.keyIdentifier),
        extensions.authorityKeyIdentifier(issuer.keyIdentifier),
        extensions.certificatePolicies(testPersonsPolicy),
        extensions.crlDistributionPoint("http://pki.demonstration.invalid/issuing.crl"),
        extensions.userPrincipalName(`${card.nationalId}@carte-cps.fr`),
        extensions.other("1.2.250.1.71.1.2.2", integer(0)),
        extensions.other("1.2.250.1.71.1.2.3", printableString(`8025000001/${card.chip.slice(-10)}`)),
        extensions.other("1.2.250.1.71.1.2.5", octetString(Uint8Array.of(0x80))),
        extensions.other("1.2.250.1.71.1.2.7", integer(card.professionCode)),
      ],
    },
    issuer.signer,
  );
}
