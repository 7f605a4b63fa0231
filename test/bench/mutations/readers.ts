import { historicalBytes, readCapabilities } from "../../../core/card/answer-to-reset.ts";
import { readDataObjects } from "../../../core/card/ber-tlv.ts";
import { cardFamilies } from "../../../core/card/card-families.ts";
import { joseSignature } from "../../../core/card/ecdsa-signature.ts";
import { readReaderFeatures } from "../../../core/card/pin/reader-features.ts";
import { readAuthenticationDirectory } from "../../../core/card/pkcs15/authentication-directory.ts";
import { readCertificateDirectory } from "../../../core/card/pkcs15/certificate-directory.ts";
import { trimCertificate } from "../../../core/card/pkcs15/certificate-file.ts";
import { readObjectDirectory } from "../../../core/card/pkcs15/object-directory.ts";
import { readPrivateKeyDirectory } from "../../../core/card/pkcs15/private-key-directory.ts";
import { readIccNumber } from "../../../core/card/pkcs15/serial-number-file.ts";
import { readSerialNumber } from "../../../core/card/pkcs15/token-information.ts";
import { readCertificate } from "../../../core/certificate/certificate.ts";
import { readCertificateList } from "../../../core/certificate/certificate-list.ts";
import { DerProblem, DerReader, membersOf } from "../../../core/certificate/der-reader.ts";
import { readName } from "../../../core/certificate/distinguished-name.ts";
import { readDistributionPoints, readIssuingDistributionPoint } from "../../../core/certificate/distribution-points.ts";
import { readGeneralNames } from "../../../core/certificate/general-name.ts";
import { readOcspResponse } from "../../../core/certificate/revocation/ocsp-response.ts";
import { Failure } from "../../../core/errors/failure.ts";
import { readHolderIdentity } from "../../../core/identity/holder-identity.ts";
import { identityProfiles } from "../../../core/identity/identity-profiles.ts";
import { publicKeyIn } from "../../../electron/card-host/card-algorithms.ts";

/** Answers whether there was something to read; throws what readers of cards and certificates may throw. */
export type Reader = (bytes: Uint8Array) => boolean;

const has = (list: readonly unknown[]) => list.length > 0;

/** Takes DER apart to its last element. */
function readDeeply(bytes: Uint8Array): boolean {
  const descend = (element: ReturnType<typeof DerReader.single>) => {
    if ((element.tag & 0x20) !== 0) membersOf(element).forEach(descend);
  };
  const element = DerReader.single(bytes);
  descend(element);
  return (element.tag & 0x20) !== 0;
}

/** Every function that takes apart what a card, a reader or an authority has written. */
export const readers: Readonly<Record<string, Reader>> = {
  "answer-to-reset": atr => {
    readCapabilities(atr);
    for (const family of cardFamilies) family.recognises(atr);
    return has([...historicalBytes(atr)]);
  },
  "reader-features": bytes => readReaderFeatures(bytes).size > 0,
  "data-objects": bytes => has(readDataObjects(bytes)),
  "object-directory": bytes => has(readObjectDirectory(bytes).certificates),
  "private-key-directory": bytes => has(readPrivateKeyDirectory(bytes)),
  "certificate-directory": bytes => has(readCertificateDirectory(bytes)),
  "authentication-directory": bytes => has(readAuthenticationDirectory(bytes)),
  "token-information": bytes => readSerialNumber(bytes) !== undefined,
  "chip-number": bytes => readIccNumber(bytes) !== undefined,
  "certificate-file": bytes => trimCertificate(bytes) !== undefined,
  "ecdsa-signature": bytes => joseSignature(bytes, 32).length > 0,
  der: readDeeply,
  name: bytes => !readName(DerReader.single(bytes, 0x30)).isEmpty,
  "general-names": bytes => has(readGeneralNames(DerReader.single(bytes, 0x30).content)),
  "distribution-points": bytes => has(readDistributionPoints(bytes)),
  "issuing-distribution-point": bytes => readIssuingDistributionPoint(bytes).name !== undefined,
  certificate: bytes => {
    const certificate = readCertificate(bytes);
    return Object.values(identityProfiles).some(profile => readHolderIdentity(certificate, profile) !== undefined);
  },
  "certificate-list": bytes => !readCertificateList(bytes).issuer.isEmpty,
  "ocsp-response": bytes => has(readOcspResponse(bytes).responses),
  "public-key": bytes => publicKeyIn(bytes).type === "public",
};

/** How reading ends: with something, with nothing, or in a refusal of its own. Anything else is thrown on. */
export function outcomeOf(read: Reader, bytes: Uint8Array): "read" | "nothing" | "refused" {
  try {
    return read(bytes) ? "read" : "nothing";
  } catch (thrown) {
    const isOwn = thrown instanceof DerProblem || (thrown instanceof Failure && thrown.code !== "internal");
    if (!isOwn) throw thrown;
    return "refused";
  }
}
