import type { Certificate } from "./certificate.ts";
import type { CertificateList } from "./certificate-list.ts";
import type { Knowledge } from "./knowledge.ts";
import { isKeyAllowed, isSchemeAllowed } from "./path/algorithm-policy.ts";
import type { Demand, PolicyDemand, RevocationDemand } from "./path/demand.ts";
import { findPath, type PathSearch } from "./path/find-path.ts";
import { judgePath, type PathJudgement } from "./path/judge-path.ts";
import { leafProblem, purposeProblem } from "./path/leaf-problem.ts";
import { SearchBudget } from "./path/search-budget.ts";
import type { SignedThing } from "./path/signature-memory.ts";
import type { Anchor } from "./path/trust-anchor.ts";
import { anyPolicy } from "./policy-extensions.ts";
import { judgeByLists, type ListQuestion } from "./revocation/judge-lists.ts";
import { judgeByOcsp } from "./revocation/judge-ocsp.ts";
import type { OcspResponse } from "./revocation/ocsp-response.ts";
import { type Standing, together } from "./revocation/standing.ts";
import { keyUsage } from "./usage-extensions.ts";
import { type Refusal, refuse, type Verdict } from "./verdict.ts";

interface SentResponses {
  readonly responses: readonly OcspResponse[];
  /** Why others cannot be read. */
  readonly unreadable: readonly string[];
}

const anyPolicyWillDo: PolicyDemand = {
  initialSet: new Set([anyPolicy]),
  requireExplicit: false,
  inhibitMapping: false,
  inhibitAny: false,
};
/** Issuers of lists whose own status rests on lists of yet others. */
const deepestDelegation = 3;

/** One leaf under examination: its path, and for each certificate in it the issuers of the lists that speak for it. */
export class Examination {
  readonly #knowledge: Knowledge;
  readonly #demand: Demand;
  readonly #sent: SentResponses;
  readonly #budget = new SearchBudget();
  /** Issuers of lists that hang from an anchor, as far as found out. */
  readonly #trusted = new Map<Anchor, Set<Certificate>>();
  /** Issuers of lists that are being looked into: a status must not rest on itself. */
  readonly #underway = new Set<Certificate>();

  constructor(knowledge: Knowledge, demand: Demand, sent: SentResponses) {
    this.#knowledge = knowledge;
    this.#demand = demand;
    this.#sent = sent;
  }

  /** Throws `BudgetSpent`. */
  examine(leaf: Certificate): Verdict {
    const unfit = leafProblem(leaf, this.#demand);
    if (unfit !== undefined) return unfit;
    const { purposes } = this.#demand;
    const found = findPath(leaf, {
      ...this.#search(this.#knowledge.anchors),
      judge: (path, anchor) => {
        const judgement = judgePath(path, anchor, this.#demand, this.#budget);
        if (!judgement.valid) return judgement;
        return purposeProblem(path.slice(1), purposes) ?? this.#revocationProblem(path, anchor) ?? judgement;
      },
    });
    if (!found.valid) return found;
    const { path, anchor, policySet } = found;
    return { valid: true, certificate: leaf, path: [...path, anchor.certificate], policySet };
  }

  #search(anchors: readonly Anchor[]): Omit<PathSearch, "judge"> {
    const { issuersNamed, signatures } = this.#knowledge;
    const { at, algorithms } = this.#demand;
    return { anchors, issuersNamed, at, algorithms, signatures, budget: this.#budget };
  }

  /** From the anchor down, so that who says that a certificate is good was found good before. */
  #revocationProblem(path: readonly Certificate[], anchor: Anchor): Refusal | undefined {
    const { revocation } = this.#demand;
    if (revocation === "off") return undefined;
    const above: Certificate[] = [anchor.certificate];
    for (const certificate of path.toReversed()) {
      const standing = this.#standingOf(certificate, above, anchor, revocation);
      if (standing.kind === "revoked") return refuse("revoked", certificate, standing.detail);
      if (standing.kind === "unknown") return refuse("revocation-unknown", certificate, standing.why.join("; "));
      above.unshift(certificate);
    }
    return undefined;
  }

  /** `above`: what stands above the certificate, its issuer first and the anchor last, all found good. */
  #standingOf(
    certificate: Certificate,
    above: readonly Certificate[],
    anchor: Anchor,
    demand: RevocationDemand,
  ): Standing {
    const [issuer] = above;
    if (issuer === undefined) throw new Error("below the anchor there is an issuer");
    const lists = this.#listQuestion(above, anchor, demand);
    const standings: Standing[] = [];
    if (demand.by !== "responses") standings.push(judgeByLists(certificate, lists));
    if (demand.by !== "lists") {
      const { at, algorithms } = this.#demand;
      standings.push(
        judgeByOcsp(certificate, issuer, {
          at,
          demand,
          algorithms,
          digests: this.#knowledge.ports,
          responses: this.#sent.responses,
          isSigned: (thing, signer) => this.#isSigned(thing, signer),
          isRevokedByList: delegate => judgeByLists(delegate, lists).kind === "revoked",
        }),
        { kind: "unknown", why: this.#sent.unreadable },
      );
    }
    return together(standings);
  }

  #listQuestion(above: readonly Certificate[], anchor: Anchor, demand: RevocationDemand): ListQuestion {
    return {
      at: this.#demand.at,
      demand,
      listsOf: this.#knowledge.listsOf,
      isSignedBy: (list, signer) => this.#isAllowedAndSigned(list, signer),
      signerOf: list => this.#signerOf(list, above, anchor),
    };
  }

  /** RFC 5280, 6.3.3 (f) and (g): a key that may sign lists, of a certificate in this path or with a path of its own to the same anchor. */
  #signerOf(list: CertificateList, above: readonly Certificate[], anchor: Anchor): Certificate | undefined {
    const isSigner = (one: Certificate) =>
      one.subject.key === list.issuer.key &&
      (one.keyUsage === undefined || one.keyUsage.has(keyUsage.cRLSign)) &&
      this.#isAllowedAndSigned(list, one);
    return (
      above.find(isSigner) ??
      this.#knowledge.issuersNamed(list.issuer.key).find(one => isSigner(one) && this.#hangsFrom(one, anchor))
    );
  }

  #hangsFrom(signer: Certificate, anchor: Anchor): boolean {
    const known = this.#trusted.get(anchor) ?? new Set();
    this.#trusted.set(anchor, known);
    if (known.has(signer)) return true;
    if (this.#underway.has(signer) || this.#underway.size >= deepestDelegation) return false;
    this.#underway.add(signer);
    const { valid } = findPath(signer, {
      ...this.#search([anchor]),
      judge: (path): PathJudgement => {
        const judgement = judgePath(path, anchor, { policies: anyPolicyWillDo }, this.#budget);
        return judgement.valid ? (this.#revocationProblem(path, anchor) ?? judgement) : judgement;
      },
    });
    this.#underway.delete(signer);
    if (valid) known.add(signer);
    return valid;
  }

  #isAllowedAndSigned(thing: SignedThing, signer: Certificate): boolean {
    const { algorithms } = this.#demand;
    return (
      isKeyAllowed(signer.keyKind, algorithms) &&
      isSchemeAllowed(thing.signatureScheme, algorithms) &&
      this.#isSigned(thing, signer)
    );
  }

  #isSigned(thing: SignedThing, signer: Certificate): boolean {
    return this.#knowledge.signatures.isSigned(thing, signer, this.#budget);
  }
}
