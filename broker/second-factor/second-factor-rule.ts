import type { Clock } from "../../core/ports/clock.ts";
import { assuranceOf, type Means } from "../../core/session/means.ts";
import type { Workstation } from "../services/enrolments.ts";
import type { House } from "../services/house.ts";
import type { Objection, Proved } from "../services/proved.ts";
import { factorsOf } from "../store/second-factor-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { isOutside } from "./outside-place.ts";
import type { PendingSignIns } from "./pending-sign-ins.ts";
import type { SecurityKeys } from "./security-keys.ts";

interface Parts {
  readonly house: Pick<House, "places">;
  readonly store: Store;
  readonly clock: Clock;
  readonly pending: PendingSignIns;
  readonly keys: Pick<SecurityKeys, "possible">;
}

/** A card that lies in a reader proves nothing about who sits there. */
const tooLittle: ReadonlySet<Means> = new Set(["card-presence", "card-seen"]);

/**
 * Where one proof is not enough: the one place that decides it, asked before every seat that is given, however its holder proved
 * himself (docs/outside-access.md).
 */
export class SecondFactorRule {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** False where the card alone brings no session back. */
  presenceCounts({ place }: Workstation): boolean {
    return !isOutside(this.#parts.house, place);
  }

  /**
   * `undefined`: a seat may be given. `second-factor-owed`: recorded, and kept until the second proof is there; anything else has to be
   * recorded.
   */
  async objectionTo(workstation: Workstation, proved: Proved): Promise<Objection | undefined> {
    const { house, store, pending } = this.#parts;
    if (proved.secondFactor !== undefined) return undefined;
    if (proved.wantsSecondFactor !== true && !isOutside(house, workstation.place)) return undefined;
    const { holder, means } = proved;
    if (tooLittle.has(means)) return { code: "proof-mismatch", detail: `${means} is not enough outside` };
    const factors = await this.#usable(holder.id);
    if (factors.length === 0) return { code: "second-factor-missing", detail: "none is registered" };
    await store.write(tx => appendTrail(tx, this.#asked(workstation, proved)));
    pending.hold(workstation.id, proved, factors);
    return { code: "second-factor-owed", detail: "" };
  }

  /** A key that is registered is of no use where the broker's address has no domain any more. */
  async #usable(holder: string) {
    const kinds = new Set((await factorsOf(this.#parts.store.db, holder)).map(({ kind }) => kind));
    if (!this.#parts.keys.possible) kinds.delete("security-key");
    return [...kinds];
  }

  #asked({ id: workstation, place }: Workstation, { holder, means, remarks }: Proved) {
    const at = this.#parts.clock.now();
    const assurance = assuranceOf(means);
    return {
      at,
      act: "second-factor-asked",
      holder: holder.id,
      means,
      assurance,
      workstation,
      place,
      ...remarks,
    } as const;
  }
}
