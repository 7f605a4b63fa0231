/** A search has cost more than any honest set of certificates can. Never leaves core/certificate: it becomes a refusal. */
export class BudgetSpent extends Error {
  override readonly name = "BudgetSpent";
}

const most = { steps: 2_000, signatures: 250, comparisons: 250_000 } as const;

/** What one verdict may cost, all searches for issuers of lists in it included (RFC 4158, 2.4.2 and 6.2). */
export class SearchBudget {
  readonly #spent = { steps: 0, signatures: 0, comparisons: 0 };

  /** Throws `BudgetSpent`. */
  spend(what: keyof typeof most, amount = 1): void {
    this.#spent[what] += amount;
    if (this.#spent[what] > most[what]) throw new BudgetSpent(`more than ${most[what]} ${what}`);
  }
}
