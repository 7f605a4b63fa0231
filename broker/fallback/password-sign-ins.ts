import type { FailureCode } from "../../core/errors/catalogue.ts";
import { asFailure, Failure } from "../../core/errors/failure.ts";
import type { LivingFallback } from "../../core/fallback/fallback.ts";
import { coversPlace } from "../../core/fallback/fallback-profile.ts";
import { fallbackTransition } from "../../core/fallback/fallback-transition.ts";
import { plainPassword } from "../../core/fallback/temporary-password.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import type { SeatTaken } from "../../core/session/session-rules.ts";
import { AttemptThrottle } from "../services/attempt-throttle.ts";
import { BackOff } from "../services/back-off.ts";
import type { Workstation } from "../services/enrolments.ts";
import type { House } from "../services/house.ts";
import type { Sessions } from "../services/sessions.ts";
import type { SignInCounts } from "../services/sign-in-counts.ts";
import { fallbackById, type KeptFallback, livingFallbacks, saveFallback } from "../store/fallback-table.ts";
import { knownHolder } from "../store/known-holder-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { FallbackConfiguration } from "./fallback-configuration.ts";
import { spokenName } from "./names-of-holder.ts";
import type { PasswordHashes } from "./password-hashes.ts";
import { placesAbove } from "./places-above.ts";
import { SprayWatch } from "./spray-watch.ts";

interface Parts {
  readonly configuration: FallbackConfiguration;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly house: Pick<House, "places">;
  readonly sessions: Sessions;
  readonly counts: SignInCounts;
  readonly hashes: PasswordHashes;
}

const fiveMinutesMs = 300_000;
const everybody = "";

/**
 * Sign-ins by a temporary password. Whatever is wrong with name or password, the answer is one and takes as long: only the trail
 * knows. A holder with a temporary access is known by its password and no other; a password of the directory would be asked for
 * after this, and only where there is none.
 */
export class PasswordSignIns {
  readonly #parts: Parts;
  readonly #byName: BackOff;
  readonly #byWorkstation: AttemptThrottle;
  readonly #all: AttemptThrottle;
  readonly #spraying: SprayWatch;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { clock } = parts;
    const { throttling } = parts.configuration;
    this.#byName = new BackOff(clock, {
      free: throttling.freeTries,
      firstMs: throttling.firstPauseSeconds * 1000,
      longestMs: throttling.longestPauseSeconds * 1000,
    });
    this.#byWorkstation = new AttemptThrottle(clock, { most: throttling.workstationTries, withinMs: fiveMinutesMs });
    this.#all = new AttemptThrottle(clock, { most: throttling.allTries, withinMs: fiveMinutesMs });
    this.#spraying = new SprayWatch(clock, throttling.sprayedNames);
  }

  /** True where a profile counts at this place. */
  offeredAt(place: string): boolean {
    const places = placesAbove(this.#parts.house, place);
    return this.#parts.configuration.profiles.some(profile => coversPlace(profile, places));
  }

  /** Rejects with `request-malformed` where the place offers it not, `sign-in-throttled` and `password-refused`; recorded but the first. */
  async signIn(workstation: Workstation, who: string, password: Uint8Array): Promise<SeatTaken> {
    if (!this.offeredAt(workstation.place)) throw new Failure("request-malformed");
    const name = spokenName(who);
    const waitMs = Math.max(
      this.#all.take(everybody),
      this.#byWorkstation.take(workstation.id),
      this.#byName.take(name),
    );
    if (waitMs > 0) return this.#deny(workstation, name, "sign-in-throttled", `${waitMs} ms`);
    const kept = await this.#named(name);
    const isRight = await this.#verify(workstation, name, password, kept);
    const problem = this.#problemOf(workstation, kept, isRight);
    if (problem !== undefined || kept === undefined)
      return this.#refuse(workstation, name, problem ?? "", kept?.fallback.holder.id);
    this.#byName.clear(name);
    const holder = await this.#holderOf(kept);
    const { id, until } = kept.fallback;
    return this.#parts.sessions.seatWithoutCard(workstation, holder, "temporary-password", { until }, (tx, now) =>
      this.#use(tx, workstation, id, now),
    );
  }

  /** The one access that goes by this name. */
  async #named(name: string): Promise<(KeptFallback & { fallback: LivingFallback }) | undefined> {
    const found = (await livingFallbacks(this.#parts.store.db)).filter(({ names }) => names.includes(name));
    const [only, ...others] = found;
    return others.length > 0 ? undefined : (only as (KeptFallback & { fallback: LivingFallback }) | undefined);
  }

  async #verify(
    workstation: Workstation,
    name: string,
    password: Uint8Array,
    kept: KeptFallback | undefined,
  ): Promise<boolean> {
    const typed = Buffer.from(plainPassword(Buffer.from(password).toString("latin1")), "latin1");
    try {
      return await this.#parts.hashes.verify(typed, kept?.passwordHash);
    } catch (problem) {
      const { code, detail } = asFailure(problem);
      return await this.#deny(workstation, name, code, detail ?? "");
    } finally {
      typed.fill(0);
      password.fill(0);
    }
  }

  /** What the trail says; the person hears one thing. */
  #problemOf(workstation: Workstation, kept: KeptFallback | undefined, isRight: boolean): string | undefined {
    if (kept === undefined) return "nobody, or several, of this name have a temporary access";
    if (!isRight) return "wrong password";
    if (!coversPlace(kept.fallback.profile, placesAbove(this.#parts.house, workstation.place)))
      return "not at this place";
    const outcome = fallbackTransition(kept.fallback, { type: "signed-in", at: this.#parts.clock.now() });
    return outcome.outcome === "refused" ? outcome.code : undefined;
  }

  /** Takes one sign-in, in the transaction that gives the seat. */
  async #use(tx: Writing, { id: workstation, place }: Workstation, id: string, at: number) {
    const kept = await fallbackById(tx, id);
    const outcome = kept && fallbackTransition(kept.fallback, { type: "signed-in", at });
    if (outcome?.outcome !== "changed") return { code: "password-refused", detail: "ended meanwhile" } as const;
    const { fallback } = outcome;
    await saveFallback(tx, fallback);
    const means = "temporary-password";
    const record = {
      at,
      means,
      assurance: assuranceOf(means),
      holder: fallback.holder.id,
      workstation,
      place,
    } as const;
    const left = fallback.state === "active" ? fallback.left : 0;
    await appendTrail(tx, { ...record, act: "fallback-used", fallback: id, detail: JSON.stringify({ left }) });
    if (fallback.state === "exhausted")
      await appendTrail(tx, { ...record, act: "fallback-ended", fallback: id, detail: fallback.state });
    return undefined;
  }

  /** What his card said of him, or the directory's name: without a profession, then, and without its rights. */
  async #holderOf({ fallback }: KeptFallback): Promise<SessionHolder> {
    const known = await knownHolder(this.#parts.store.db, fallback.holder.id);
    return known ?? { ...fallback.holder, profession: "", professionCode: undefined };
  }

  async #refuse(workstation: Workstation, name: string, detail: string, holder: string | undefined): Promise<never> {
    const names = this.#spraying.refused(workstation.id, name);
    if (names !== undefined) await this.#alarm(workstation, names);
    return this.#deny(workstation, name, "password-refused", detail, holder);
  }

  async #alarm({ id: workstation, place }: Workstation, names: number): Promise<void> {
    const { store, clock, log } = this.#parts;
    const detail = `${names} names refused within ten minutes`;
    await store.write(tx => appendTrail(tx, { at: clock.now(), act: "fallback-sprayed", workstation, place, detail }));
    log.warn("fallback-sprayed", { workstation, names });
    this.#parts.counts.alarm("fallback-sprayed");
  }

  async #deny(
    { id: workstation, place }: Workstation,
    name: string,
    code: FailureCode,
    detail: string,
    holder?: string,
  ): Promise<never> {
    const { store, clock, counts } = this.#parts;
    const at = clock.now();
    await store.write(tx =>
      appendTrail(
        tx,
        {
          at,
          act: "fallback-denied",
          workstation,
          place,
          holder,
          code,
          detail: JSON.stringify({ who: name, why: detail }),
        },
        [name],
      ),
    );
    counts.count({ outcome: "denied", code });
    throw new Failure(code, { detail });
  }
}
