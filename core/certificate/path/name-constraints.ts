import type { Certificate } from "../certificate.ts";
import type { GeneralName } from "../general-name.ts";
import type { NameConstraints, Subtree } from "../name-constraints-extension.ts";
import { nameInSubtree } from "./name-in-subtree.ts";
import type { SearchBudget } from "./search-budget.ts";

const emailAddress = "1.2.840.113549.1.9.1";

/** All constraints that the authorities above have set. A name has to satisfy each set; so no intersection is computed. */
export class NamesAllowed {
  readonly #sets: NameConstraints[] = [];
  readonly #budget: SearchBudget;

  constructor(budget: SearchBudget) {
    this.#budget = budget;
  }

  add(constraints: NameConstraints | undefined): void {
    if (constraints !== undefined) this.#sets.push(constraints);
  }

  /** The first name of the certificate that is not allowed, or of which we cannot tell; `undefined` where all are. */
  firstForbidden(certificate: Certificate): GeneralName | undefined {
    if (this.#sets.length === 0) return undefined;
    return namesOf(certificate).find(name => this.#sets.some(set => !this.#isAllowed(name, set)));
  }

  #isAllowed(name: GeneralName, { permitted, excluded }: NameConstraints): boolean {
    const ofForm = ({ base }: Subtree) => base.form === name.form;
    this.#budget.spend("comparisons", permitted.length + excluded.length);
    const contains = (widely: boolean) => (subtree: Subtree) =>
      subtree.bounded ? "unreadable" : nameInSubtree(name, subtree.base, widely);
    const inExcluded = excluded.filter(ofForm).map(contains(true));
    if (inExcluded.some(found => found !== "outside")) return false;
    const inPermitted = permitted.filter(ofForm).map(contains(false));
    return inPermitted.length === 0 || (inPermitted.includes("inside") && !inPermitted.includes("unreadable"));
  }
}

/** Subject, alternative names, and mailboxes in the subject, where older authorities wrote them. */
function namesOf({ subject, alternativeNames }: Certificate): readonly GeneralName[] {
  const own: GeneralName[] = subject.isEmpty
    ? []
    : [{ form: "directoryName", key: `directoryName:${subject.key}`, name: subject }];
  const mailboxes = subject.rdns
    .flat()
    .flatMap(({ type, value = "" }): GeneralName[] =>
      type === emailAddress ? [{ form: "rfc822Name", key: `rfc822Name:${value}`, text: value }] : [],
    );
  return [...own, ...mailboxes, ...(alternativeNames ?? [])];
}
