import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Workstation } from "./enrolments.ts";
import type { SignInCounts } from "./sign-in-counts.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly counts: SignInCounts;
}

/** Sign-ins that are refused: each in the trail, and counted, before anybody is told. */
export class SignInDenials {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Records a refusal and throws it; `detail` is for the trail. `holder`: who it would have been, as far as that is known. */
  async deny(workstation: Workstation, code: Failure["code"], detail: string, holder?: string): Promise<never> {
    const { store, clock, counts } = this.#parts;
    const where = { workstation: workstation.id, place: workstation.place };
    const record = { at: clock.now(), ...where, code, holder, detail };
    await store.write(tx => appendTrail(tx, { ...record, act: "sign-in-denied" }));
    counts.count({ outcome: "denied", code });
    throw new Failure(code, { detail });
  }
}
