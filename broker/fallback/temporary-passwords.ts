import { coversPlace } from "../../core/fallback/fallback-profile.ts";
import { fallbackTransition } from "../../core/fallback/fallback-transition.ts";
import { plainPassword } from "../../core/fallback/temporary-password.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { Workstation } from "../services/enrolments.ts";
import { fallbackById, type KeptFallback, livingFallbacks, saveFallback } from "../store/fallback-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { holderByName } from "./holder-by-name.ts";
import type { PasswordHashes } from "./password-hashes.ts";
import type { PasswordOutcome } from "./password-outcome.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly hashes: PasswordHashes;
}

const means = "temporary-password";

/** Passwords that the helpdesk has read out. */
export class TemporaryPasswords {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The one access, asked for or issued, that goes by this name. */
  async named(name: string): Promise<KeptFallback | undefined> {
    const found = (await livingFallbacks(this.#parts.store.db)).filter(({ names }) => names.includes(name));
    const [only, ...others] = found;
    return others.length > 0 ? undefined : only;
  }

  /** Takes as long where there is no access. Rejects with `sign-in-throttled`. */
  async check(
    workstation: Workstation,
    places: readonly string[],
    kept: KeptFallback | undefined,
    password: Uint8Array,
  ): Promise<PasswordOutcome> {
    const isRight = await this.#verify(password, kept);
    const holder = kept?.fallback.holder.id;
    const wrong = (why: string) => ({ outcome: "wrong", code: "password-refused", why, holder, names: [] }) as const;
    if (kept === undefined) return wrong("nobody, or several, of this name have a temporary access");
    if (!isRight) return wrong("wrong password");
    const { fallback } = kept;
    if (!coversPlace(fallback.profile, places)) return wrong("not at this place");
    const would = fallbackTransition(fallback, { type: "signed-in", at: this.#parts.clock.now() });
    if (would.outcome === "refused") return wrong(would.code);
    const until = "until" in fallback ? fallback.until : 0;
    return {
      outcome: "right",
      holder: await holderByName(this.#parts.store.db, fallback.holder),
      means,
      limit: { until },
      condition: (tx, now) => use(tx, workstation, fallback.id, now),
      wantsSecondFactor: fallback.profile.secondFactor,
    };
  }

  async #verify(password: Uint8Array, kept: KeptFallback | undefined): Promise<boolean> {
    const typed = Buffer.from(plainPassword(Buffer.from(password).toString("latin1")), "latin1");
    try {
      return await this.#parts.hashes.verify(typed, kept?.passwordHash);
    } finally {
      typed.fill(0);
    }
  }
}

/** Takes one sign-in, in the transaction that gives the seat. */
async function use(tx: Writing, { id: workstation, place }: Workstation, id: string, at: number) {
  const kept = await fallbackById(tx, id);
  const outcome = kept && fallbackTransition(kept.fallback, { type: "signed-in", at });
  if (outcome?.outcome !== "changed") return { code: "password-refused", detail: "ended meanwhile" } as const;
  const { fallback } = outcome;
  await saveFallback(tx, fallback);
  const holder = fallback.holder.id;
  const record = { at, means, assurance: assuranceOf(means), holder, workstation, place } as const;
  const left = fallback.state === "active" ? fallback.left : 0;
  await appendTrail(tx, { ...record, act: "fallback-used", fallback: id, detail: JSON.stringify({ left }) });
  if (fallback.state === "exhausted")
    await appendTrail(tx, { ...record, act: "fallback-ended", fallback: id, detail: fallback.state });
  return undefined;
}
