/** How a sign-in came out; `code` says why it was denied. */
export type SignInOutcome =
  | { readonly outcome: "opened" | "resumed" | "moved" }
  | { readonly outcome: "denied"; readonly code: string };

/** Sign-ins since this broker started, by how they came out: numbers for a monitor, which name nobody. */
export class SignInCounts {
  readonly #counts = new Map<string, { readonly came: SignInOutcome; count: number }>();
  readonly #alarms = new Map<string, number>();

  count(came: SignInOutcome): void {
    const key = "code" in came ? `${came.outcome} ${came.code}` : came.outcome;
    const known = this.#counts.get(key) ?? { came, count: 0 };
    known.count += 1;
    this.#counts.set(key, known);
  }

  /** Something that somebody should look at. */
  alarm(kind: string): void {
    this.#alarms.set(kind, (this.#alarms.get(kind) ?? 0) + 1);
  }

  alarms(): readonly { readonly kind: string; readonly count: number }[] {
    return [...this.#alarms].map(([kind, count]) => ({ kind, count }));
  }

  all(): readonly { readonly came: SignInOutcome; readonly count: number }[] {
    return [...this.#counts.values()];
  }
}
