import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { SeatTaken } from "../../core/session/session-rules.ts";
import { atMost, everSlower } from "../services/attempt-rules.ts";
import { Attempts } from "../services/attempts.ts";
import type { Workstation } from "../services/enrolments.ts";
import { orNothing } from "../services/or-nothing.ts";
import type { Objection } from "../services/proved.ts";
import type { SealingKey } from "../services/sealing-key.ts";
import type { Seating } from "../services/seating.ts";
import type { SignInDenials } from "../services/sign-in-denials.ts";
import { factorsOf, type RegisteredFactor, useFactor } from "../store/second-factor-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { KeyPages } from "./key-pages.ts";
import type { PendingSignIn, PendingSignIns } from "./pending-sign-ins.ts";
import { totpStepOf } from "./totp.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly seating: Pick<Seating, "seatBySecondFactor">;
  readonly denials: SignInDenials;
  readonly pending: PendingSignIns;
  readonly pages: KeyPages;
  readonly secrets: SealingKey;
}

/** Wrong codes in a row before a pause: with three codes right at a time, a day of trying finds one in a thousand. */
const perHolder = everSlower({ free: 5, firstMs: 15_000, longestMs: 300_000 });
const perWorkstation = atMost({ most: 30, withinMs: 300_000 });

/** Second proofs of sign-ins whose first one holds: what opens them, once, at the workstation that they wait at. */
export class SecondFactorSignIns {
  readonly #parts: Parts;
  readonly #byHolder: Attempts;
  readonly #byWorkstation: Attempts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#byHolder = new Attempts(parts.clock, perHolder);
    this.#byWorkstation = new Attempts(parts.clock, perWorkstation);
  }

  /** What the sign-in owes that waits here. Throws `second-factor-over`. */
  owedAt({ id }: Workstation) {
    const waiting = this.#parts.pending.waitingAt(id);
    if (waiting === undefined) throw new Failure("second-factor-over");
    const { request, proved, factors } = waiting;
    const { displayName, profession } = proved.holder;
    return { request, holder: { displayName, profession }, factors: [...factors] };
  }

  /**
   * By the code of the authenticator application: its digits' character codes. Rejects with `second-factor-over`, and, recorded, with
   * `sign-in-throttled`, `second-factor-wrong`, and why a seat is not given.
   */
  async byCode(workstation: Workstation, request: string, code: Uint8Array): Promise<SeatTaken> {
    const { store, clock, denials, pending, secrets } = this.#parts;
    const waiting = pending.at(workstation.id, request);
    const holder = waiting.proved.holder.id;
    const waitMs = Attempts.takeAll([this.#byWorkstation, workstation.id], [this.#byHolder, holder]);
    if (waitMs > 0) return denials.deny(workstation, "sign-in-throttled", `${waitMs} ms`, holder);
    for (const factor of await factorsOf(store.db, holder)) {
      if (factor.kind !== "totp") continue;
      const secret = secrets.open(factor.sealed, factor.id);
      const step = totpStepOf(secret, code, clock.now());
      secret.fill(0);
      if (step === undefined) return denials.deny(workstation, "second-factor-wrong", "wrong code", holder);
      if (step <= factor.counter) return denials.deny(workstation, "second-factor-wrong", "used before", holder);
      const taken = await this.#open(workstation, waiting, factor, step);
      this.#byHolder.clear(holder);
      return taken;
    }
    return denials.deny(workstation, "second-factor-wrong", "no authenticator is registered", holder);
  }

  /** The address of the page that asks for the key. Throws `second-factor-over`. */
  keyPage(workstation: Workstation, request: string): { readonly page: string; readonly url: string } {
    return this.#parts.pages.openFor(this.#parts.pending.at(workstation.id, request));
  }

  /**
   * Waits for the key, up to `longestMs`; `undefined`: not yet. Rejects with `second-factor-over`, `second-factor-declined`, and,
   * recorded, with why a seat is not given.
   */
  async byKey(
    workstation: Workstation,
    { request, page }: { readonly request: string; readonly page: string },
    longestMs: number,
  ): Promise<SeatTaken | undefined> {
    const { pending, pages } = this.#parts;
    const waiting = pending.at(workstation.id, request);
    const outcome = await orNothing(pages.outcomeOf(waiting, page), longestMs);
    if (outcome === undefined) return undefined;
    if (outcome === "declined") throw new Failure("second-factor-declined");
    return this.#open(workstation, waiting, outcome.key, outcome.counter);
  }

  /** The person has turned away: recorded, where something waited. */
  async abandon({ id: workstation, place }: Workstation): Promise<void> {
    const { pending, store, clock } = this.#parts;
    const waiting = pending.waitingAt(workstation);
    if (waiting === undefined || !pending.take(waiting)) return;
    const { holder, means } = waiting.proved;
    const record = { at: clock.now(), holder: holder.id, means, assurance: assuranceOf(means), workstation, place };
    await store.write(tx => appendTrail(tx, { ...record, act: "second-factor-abandoned" }));
  }

  /** Once: a code or a key that opens it twice at the same time opens it once. */
  async #open(
    workstation: Workstation,
    waiting: PendingSignIn,
    { id, kind }: RegisteredFactor,
    counter: number,
  ): Promise<SeatTaken> {
    const { pending, seating } = this.#parts;
    if (!pending.take(waiting)) throw new Failure("second-factor-over");
    const { condition } = waiting.proved;
    const again: Objection =
      kind === "totp"
        ? { code: "second-factor-wrong", detail: "used before, or removed" }
        : { code: "second-factor-key-refused", detail: "counter used before, or removed" };
    return seating.seatBySecondFactor(workstation, {
      ...waiting.proved,
      secondFactor: kind,
      condition: async (tx, now) => ((await useFactor(tx, id, counter, now)) ? condition?.(tx, now) : again),
    });
  }
}
