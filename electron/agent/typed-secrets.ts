import type { Intent } from "../../protocol/window/messages.ts";

/**
 * A PIN, or a code and a new PIN, between the window's message and the card; a password between it and the broker. They wait beside the flow until its effect takes
 * them; where the flow does not want them, they are wiped here.
 */
export class TypedSecrets {
  #waiting: Uint8Array[] = [];

  /** Has the digits (character codes) wait while `act` runs; wipes them, and what nobody took. */
  during(typed: readonly number[][], act: () => void): void {
    this.#wipe();
    this.#waiting = typed.map(digits => Uint8Array.from(digits));
    for (const digits of typed) digits.fill(0);
    try {
      act();
    } finally {
      this.#wipe();
    }
  }

  /** Hands over what waits, once; who takes it wipes it. Empty ones where there are not as many. */
  take(count: 1): [Uint8Array];
  take(count: 2): [Uint8Array, Uint8Array];
  take(count: 1 | 2): Uint8Array[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return Array.from({ length: count }, (_, index) => taken[index] ?? new Uint8Array());
  }

  #wipe(): void {
    for (const secret of this.#waiting) secret.fill(0);
    this.#waiting = [];
  }
}

/** The digits (character codes) that an intent brings and that no state, view or log may hold. */
export function secretsIn(intent: Intent): readonly number[][] {
  switch (intent.type) {
    case "submit-pin":
      return [intent.pin];
    case "submit-password":
      return [intent.password];
    case "submit-code":
      return [intent.code];
    case "submit-new-pin":
      return [intent.secret, intent.newPin];
    default:
      // Nothing that is left has a field that could hold any.
      intent satisfies Readonly<Record<string, string | number | boolean>>;
      return [];
  }
}
