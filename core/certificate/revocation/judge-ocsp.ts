import { equalBytes } from "../../bytes/bytes.ts";
import type { Digest } from "../../ports/digest.ts";
import type { HashName } from "../../ports/signature-verifier.ts";
import type { Certificate } from "../certificate.ts";
import { extensionOids, understoodWhenCritical } from "../extension-oids.ts";
import { unknownCritical } from "../extensions.ts";
import { type AlgorithmPolicy, isKeyAllowed, isSchemeAllowed } from "../path/algorithm-policy.ts";
import type { RevocationDemand } from "../path/demand.ts";
import type { SignedThing } from "../path/signature-memory.ts";
import { keyUsage } from "../usage-extensions.ts";
import { agingProblem } from "./freshness.ts";
import type { CertificateIdentifier, OcspResponse, ResponderId, SingleResponse } from "./ocsp-response.ts";
import type { Standing } from "./standing.ts";

export interface OcspQuestion {
  readonly at: number;
  readonly demand: RevocationDemand;
  readonly algorithms: AlgorithmPolicy;
  readonly digests: { readonly sha1: Digest; readonly sha256: Digest };
  readonly responses: readonly OcspResponse[];
  isSigned(thing: SignedThing, signer: Certificate): boolean;
  /** True where a list says that a responder's certificate is revoked. */
  isRevokedByList(delegate: Certificate): boolean;
}

const ocspSigning = "1.3.6.1.5.5.7.3.9";
const nothingCritical: ReadonlySet<string> = new Set();

/**
 * What OCSP responses say of a certificate (RFC 6960, 3.2). A response counts only if the issuer or a delegate of that issuer signed
 * it; of several statuses about one certificate the worst counts. What responses say beyond that (archive cut-off) makes nothing good.
 */
export function judgeByOcsp(certificate: Certificate, issuer: Certificate, question: OcspQuestion): Standing {
  const why: string[] = [];
  let isGood = false;
  for (const response of question.responses) {
    const about = response.responses.filter(one => isAbout(one.about, certificate, issuer, question.digests));
    if (about.length === 0) continue;
    const problem = responseProblem(response, certificate, issuer, question);
    if (problem !== undefined) {
      why.push(`OCSP response: ${problem}`);
      continue;
    }
    const current = about.filter(one => {
      const unfit = singleProblem(one, question);
      if (unfit !== undefined) why.push(`OCSP response: ${unfit}`);
      return unfit === undefined;
    });
    if (current.some(({ status }) => status === "revoked")) return { kind: "revoked", detail: "by an OCSP response" };
    if (current.some(({ status }) => status === "unknown")) why.push("OCSP response: the responder does not know it");
    else if (current.length > 0) isGood = true;
  }
  if (isGood) return { kind: "good" };
  return { kind: "unknown", why: why.length === 0 ? ["no OCSP response"] : why };
}

function isAbout(
  { hash, issuerNameHash, issuerKeyHash, serial }: CertificateIdentifier,
  certificate: Certificate,
  issuer: Certificate,
  digests: OcspQuestion["digests"],
): boolean {
  const digest = digestOf(hash, digests);
  return (
    digest !== undefined &&
    equalBytes(serial, certificate.serial) &&
    equalBytes(issuerKeyHash, digest(issuer.publicKeyBits)) &&
    equalBytes(issuerNameHash, digest(certificate.issuer.der))
  );
}

function digestOf(hash: HashName | undefined, { sha1, sha256 }: OcspQuestion["digests"]): Digest | undefined {
  if (hash === "sha1") return sha1;
  return hash === "sha256" ? sha256 : undefined;
}

function responseProblem(
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
  question: OcspQuestion,
): string | undefined {
  const odd = unknownCritical(response.extensions, nothingCritical);
  if (odd !== undefined) return `critical extension ${odd}`;
  if (response.producedAt > question.at) return "of the future";
  if (response.producedAt < certificate.notBefore || response.producedAt > certificate.notAfter)
    return "produced outside the certificate's validity";
  if (!isSchemeAllowed(response.signatureScheme, question.algorithms)) return "an algorithm that is not allowed";
  const signer = [issuer, ...response.certificates].find(
    one => isNamed(response.responder, one, question) && question.isSigned(response, one),
  );
  if (signer === undefined) return "not signed by the responder that it names";
  return signer === issuer ? undefined : delegateProblem(signer, certificate, issuer, question);
}

function isNamed(responder: ResponderId, { subject, publicKeyBits }: Certificate, { digests }: OcspQuestion): boolean {
  return responder.kind === "name"
    ? responder.name.key === subject.key
    : equalBytes(responder.sha1, digests.sha1(publicKeyBits));
}

/** Section 4.2.2.2: a delegate is made one by this very issuer, in its certificate. Nobody answers for himself. */
function delegateProblem(
  delegate: Certificate,
  certificate: Certificate,
  issuer: Certificate,
  { at, algorithms, isSigned, isRevokedByList }: OcspQuestion,
): string | undefined {
  // The issuer's key under another certificate is the issuer.
  if (delegate.subject.key === issuer.subject.key && equalBytes(delegate.publicKey, issuer.publicKey)) return undefined;
  if (equalBytes(delegate.publicKey, certificate.publicKey)) return "by the card for itself";
  if (!delegate.extendedKeyUsage?.includes(ocspSigning)) return "by a certificate that is no responder's";
  if (delegate.keyUsage !== undefined && !delegate.keyUsage.has(keyUsage.digitalSignature))
    return "by a key that may not sign";
  if (unknownCritical(delegate.extensions, understoodWhenCritical) !== undefined)
    return "by a responder with an unknown critical extension";
  if (at < delegate.notBefore || at > delegate.notAfter) return "by a responder out of date";
  if (!isKeyAllowed(delegate.keyKind, algorithms) || !isSchemeAllowed(delegate.signatureScheme, algorithms))
    return "by a responder with a key or algorithm that is not allowed";
  if (delegate.issuer.key !== issuer.subject.key || !isSigned(delegate, issuer))
    return "by nobody that the issuer made responder";
  const needsNoCheck = delegate.extensions.has(extensionOids.ocspNoCheck);
  return !needsNoCheck && isRevokedByList(delegate) ? "by a responder that is revoked" : undefined;
}

function singleProblem(single: SingleResponse, { at, demand }: OcspQuestion): string | undefined {
  const odd = unknownCritical(single.extensions, nothingCritical);
  return odd === undefined ? agingProblem(single, at, demand) : `critical extension ${odd}`;
}
