/** How a sign-in came out; `code` says why it was denied. */
export type SignInOutcome =
  | { readonly outcome: "opened" | "resumed" | "moved" }
  | { readonly outcome: "denied"; readonly code: string };

/** Sign-ins since this broker started, by how they came out: numbers for a monitor, which name nobody. */
export class SignInCounts {
  readonly #counts = new Map<string, { readonly came: SignInOutcome; count: number }>();

  count(came: SignInOutcome): void {
    const key = "code" in came ? `${came.outcome} ${came.code}` : came.outcome;
    const known = this.#counts.get(key) ?? { came, count: 0 };
    known.count += 1;
    this.#counts.set(key, known);
  }

  all(): readonly { readonly came: SignInOutcome; readonly count: number }[] {
    return [...this.#counts.values()];
  }
}
