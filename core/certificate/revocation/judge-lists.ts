import { equalBytes } from "../../bytes/bytes.ts";
import type { Certificate } from "../certificate.ts";
import type { CertificateList } from "../certificate-list.ts";
import { allReasons } from "../distribution-points.ts";
import { crlReasons } from "../entry-scanner.ts";
import { extensionOids } from "../extension-oids.ts";
import { unknownCritical } from "../extensions.ts";
import { nameText } from "../name-text.ts";
import type { RevocationDemand } from "../path/demand.ts";
import type { ListEntry } from "../revocation-index.ts";
import { haveSameScope, type ListPlace, listPlaces, reasonsOf, scopeProblem } from "./crl-scope.ts";
import { agingProblem } from "./freshness.ts";
import type { Standing } from "./standing.ts";

export interface ListQuestion {
  readonly at: number;
  readonly demand: RevocationDemand;
  listsOf(issuer: string): readonly CertificateList[];
  /** Whose key signed the list, where that key may sign lists and hangs from the same anchor. */
  signerOf(list: CertificateList): Certificate | undefined;
  isSignedBy(list: CertificateList, signer: Certificate): boolean;
}

const understood: ReadonlySet<string> = new Set([
  extensionOids.authorityKeyIdentifier,
  extensionOids.cRLNumber,
  extensionOids.deltaCRLIndicator,
  extensionOids.issuingDistributionPoint,
]);

/**
 * What lists say of a certificate (RFC 5280, 6.3.3). Every list that speaks for it is asked, so that none that says good hides one
 * that says revoked; it is good only where they speak for every reason there is.
 */
export function judgeByLists(certificate: Certificate, question: ListQuestion): Standing {
  const why: string[] = [];
  let covered = 0;
  for (const place of listPlaces(certificate)) {
    for (const list of place.issuers.flatMap(issuer => question.listsOf(issuer))) {
      if (list.deltaBase !== undefined) continue;
      const usable = usableList(list, place, certificate, question);
      if (typeof usable === "string") {
        why.push(`list of ${nameText(list.issuer)}: ${usable}`);
        continue;
      }
      const entry = entryIn(list, usable, certificate, question);
      if (entry !== undefined)
        return { kind: "revoked", detail: `reason ${entry.reason} by a list of ${nameText(list.issuer)}` };
      covered |= place.reasons & reasonsOf(list);
    }
  }
  if (covered === allReasons) return { kind: "good" };
  if (covered !== 0) why.push("lists for some reasons of revocation alone");
  return { kind: "unknown", why: why.length === 0 ? ["no list"] : [...new Set(why)] };
}

/** Who signed the list, or why it does not count. What is cheap to find out comes first. */
function usableList(
  list: CertificateList,
  place: ListPlace,
  certificate: Certificate,
  question: ListQuestion,
): Certificate | string {
  const problem =
    scopeProblem(list, place, certificate) ??
    agingProblem(list, question.at, question.demand) ??
    (hasUnknownCritical(list) ? "a critical extension that is unknown" : undefined);
  return problem ?? question.signerOf(list) ?? "not signed by a key that may";
}

function hasUnknownCritical(list: CertificateList): boolean {
  return list.entries.hasUnknownCritical || unknownCritical(list.extensions, understood) !== undefined;
}

/** The entry that revokes, by the newest delta and then the list itself. Only a hold can be taken back. */
function entryIn(
  list: CertificateList,
  signer: Certificate,
  { serial, issuer }: Certificate,
  question: ListQuestion,
): ListEntry | undefined {
  const ofList = list.entries.entryOf(serial, issuer.key);
  const ofDelta = newestDelta(list, signer, question)?.entries.entryOf(serial, issuer.key);
  if (ofDelta === undefined) return ofList;
  if (ofDelta.reason !== crlReasons.removeFromCRL) return ofDelta;
  return ofList?.reason === crlReasons.certificateHold ? undefined : ofList;
}

/** The last delta that adds to this very list (RFC 5280, 5.2.4). */
function newestDelta(base: CertificateList, signer: Certificate, question: ListQuestion): CertificateList | undefined {
  const { crlNumber } = base;
  if (crlNumber === undefined) return undefined;
  return question
    .listsOf(base.issuer.key)
    .filter(
      delta =>
        delta.deltaBase !== undefined &&
        delta.crlNumber !== undefined &&
        delta.deltaBase <= crlNumber &&
        crlNumber < delta.crlNumber &&
        haveSameScope(delta, base) &&
        sameKeyIdentifier(delta, base) &&
        agingProblem(delta, question.at, question.demand) === undefined &&
        !hasUnknownCritical(delta) &&
        question.isSignedBy(delta, signer),
    )
    .reduce<CertificateList | undefined>(
      (newest, delta) => ((newest?.crlNumber ?? -1n) < (delta.crlNumber ?? -1n) ? delta : newest),
      undefined,
    );
}

function sameKeyIdentifier(a: CertificateList, b: CertificateList): boolean {
  const [one, other] = [a.authorityKeyIdentifier, b.authorityKeyIdentifier];
  return one === undefined || other === undefined ? one === other : equalBytes(one, other);
}
