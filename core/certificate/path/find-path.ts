import { equalBytes } from "../../bytes/bytes.ts";
import type { Certificate } from "../certificate.ts";
import { type Refusal, refuse } from "../verdict.ts";
import type { AlgorithmPolicy } from "./algorithm-policy.ts";
import type { PathJudgement } from "./judge-path.ts";
import { anchorProblem, linkProblem } from "./link-problem.ts";
import type { SearchBudget } from "./search-budget.ts";
import type { SignatureMemory } from "./signature-memory.ts";
import type { Anchor } from "./trust-anchor.ts";

export interface PathSearch {
  readonly anchors: readonly Anchor[];
  /** Unordered and untrusted: anybody may have put certificates there. */
  issuersNamed(name: string): readonly Certificate[];
  readonly at: number;
  readonly algorithms: AlgorithmPolicy;
  readonly signatures: SignatureMemory;
  readonly budget: SearchBudget;
  /** Judges a path whose links all hold; leaf first, without the anchor. */
  judge(path: readonly Certificate[], anchor: Anchor): PathJudgement;
}

export type FoundPath =
  | Refusal
  | {
      readonly valid: true;
      /** Leaf first, without the anchor. */
      readonly path: readonly Certificate[];
      readonly anchor: Anchor;
      readonly policySet: readonly string[];
    };

/** Certificates below the anchor. No health card's path comes near it. */
const longestPath = 12;

/**
 * The first path from the leaf to an anchor that holds, depth first (RFC 4158): links are checked as they are made, no name and key
 * is met twice, and a certificate that leads to no anchor is not entered again. Where none holds, the refusal that came nearest.
 * Throws `BudgetSpent`.
 */
export function findPath(leaf: Certificate, search: PathSearch): FoundPath {
  const climb = new Climb(search);
  return climb.from([leaf]) ?? climb.nearest ?? refuse("no-path-to-anchor", leaf);
}

type Holding = Extract<FoundPath, { valid: true }>;

class Climb {
  readonly #search: PathSearch;
  readonly #dead = new Set<Certificate>();
  /** Where the way up ended for a reason that lies in the path, and not in the certificate itself. */
  #turnedBack = 0;
  nearest: Refusal | undefined;

  constructor(search: PathSearch) {
    this.#search = search;
  }

  from(path: readonly Certificate[]): Holding | undefined {
    const last = path.at(-1);
    if (last === undefined || this.#dead.has(last)) return undefined;
    const turnedBackBefore = this.#turnedBack;
    const found = this.#toAnchor(path, last) ?? this.#throughAuthority(path, last);
    if (found === undefined && this.#turnedBack === turnedBackBefore) this.#dead.add(last);
    return found;
  }

  #toAnchor(path: readonly Certificate[], last: Certificate): Holding | undefined {
    const { anchors, at } = this.#search;
    for (const anchor of anchors) {
      const { certificate: issuer, nameAndKeyOnly } = anchor;
      if (issuer.subject.key !== last.issuer.key || this.#isMet(path, issuer)) continue;
      const problem =
        this.#linkProblem(last, issuer, nameAndKeyOnly) ?? (nameAndKeyOnly ? undefined : anchorProblem(issuer, at));
      if (problem !== undefined) {
        this.#note(problem);
        continue;
      }
      const judgement = this.#search.judge(path, anchor);
      if (judgement.valid) return { ...judgement, path, anchor };
      this.#turnedBack += 1;
      this.#note(judgement);
    }
    return undefined;
  }

  #throughAuthority(path: readonly Certificate[], last: Certificate): Holding | undefined {
    for (const issuer of this.#likeliestFirst(last)) {
      if (this.#isMet(path, issuer)) continue;
      const problem = this.#linkProblem(last, issuer, false);
      if (problem !== undefined) {
        this.#note(problem);
        continue;
      }
      if (path.length >= longestPath) {
        this.#turnedBack += 1;
        continue;
      }
      const found = this.from([...path, issuer]);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #linkProblem(certificate: Certificate, issuer: Certificate, issuerIsBare: boolean): Refusal | undefined {
    const { signatures, budget } = this.#search;
    budget.spend("steps");
    return linkProblem({ certificate, issuer, issuerIsBare }, this.#search, signatures, budget);
  }

  #isMet(path: readonly Certificate[], issuer: Certificate): boolean {
    const isMet = path.some(
      seen => seen.subject.key === issuer.subject.key && equalBytes(seen.publicKey, issuer.publicKey),
    );
    if (isMet) this.#turnedBack += 1;
    return isMet;
  }

  /** A wrong signature mostly means that another certificate of the same name was meant. */
  #note(refusal: Refusal): void {
    if (this.nearest === undefined || this.nearest.reason === "signature-wrong") this.nearest = refusal;
  }

  /** Those that an anchor's name issued, then by key identifiers: hints that decide what is tried first, never what is believed. */
  #likeliestFirst(below: Certificate): readonly Certificate[] {
    const { anchors, issuersNamed } = this.#search;
    const issuers = issuersNamed(below.issuer.key);
    if (issuers.length < 2) return issuers;
    const isNear = (one: Certificate) => anchors.some(({ certificate }) => certificate.subject.key === one.issuer.key);
    const rank = (one: Certificate) => (isNear(one) ? 0 : 4) + keyRank(one, below);
    return issuers.toSorted((a, b) => rank(a) - rank(b));
  }
}

function keyRank({ subjectKeyIdentifier: own }: Certificate, { authorityKeyIdentifier: wanted }: Certificate): number {
  if (own === undefined || wanted === undefined) return 1;
  return equalBytes(own, wanted) ? 0 : 2;
}
