import type { FailureCode } from "../../core/errors/catalogue.ts";
import { asFailure, Failure } from "../../core/errors/failure.ts";
import { coversPlace } from "../../core/fallback/fallback-profile.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Timers } from "../../core/ports/timers.ts";
import type { SeatTaken } from "../../core/session/session-rules.ts";
import type { QueueNotice } from "../notices/queue-notice.ts";
import { atMost, type BackOff, everSlower } from "../services/attempt-rules.ts";
import { Attempts } from "../services/attempts.ts";
import type { Workstation } from "../services/enrolments.ts";
import type { House } from "../services/house.ts";
import type { Seating } from "../services/seating.ts";
import type { SignInCounts } from "../services/sign-in-counts.ts";
import { SprayAlarm } from "../services/spray-alarm.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { DirectoryPasswords } from "./directory-passwords.ts";
import type { FallbackConfiguration } from "./fallback-configuration.ts";
import { spokenName } from "./names-of-holder.ts";
import type { PasswordOutcome } from "./password-outcome.ts";
import { placesAbove } from "./places-above.ts";
import type { TemporaryPasswords } from "./temporary-passwords.ts";

interface Parts {
  readonly configuration: FallbackConfiguration;
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly house: Pick<House, "places">;
  readonly seating: Seating;
  readonly counts: SignInCounts;
  readonly temporary: TemporaryPasswords;
  readonly ofDirectory: DirectoryPasswords;
  readonly queueNotice: QueueNotice;
}

const fiveMinutesMs = 300_000;
const everybody = "";
/** Where the directory may be asked, nobody is refused sooner: a hash here and a server there take their own time. */
const refusedAfterMs = 1_000;

/** A try that was let through. */
interface Asked {
  readonly workstation: Workstation;
  readonly name: string;
  readonly act: "fallback-denied" | "directory-password-denied";
}

/**
 * Sign-ins by a password: the helpdesk's, or the directory's where the place offers that. Whatever is wrong with name or password,
 * the answer is one and takes as long: only the trail knows. A holder with a temporary access is known by its password and no other.
 */
export class PasswordSignIns {
  readonly #parts: Parts;
  readonly #byName: Attempts;
  readonly #byWorkstation: Attempts;
  readonly #all: Attempts;
  readonly #spraying: SprayAlarm;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { clock } = parts;
    const { throttling } = parts.configuration;
    this.#byName = new Attempts(clock, everSlower(pausesOf(parts.configuration)));
    this.#byWorkstation = new Attempts(clock, atMost({ most: throttling.workstationTries, withinMs: fiveMinutesMs }));
    this.#all = new Attempts(clock, atMost({ most: throttling.allTries, withinMs: fiveMinutesMs }));
    this.#spraying = new SprayAlarm(parts, {
      mostNames: throttling.sprayedNames,
      act: "fallback-sprayed",
      kind: "fallback-sprayed",
      tell: (tx, at, { name, place }, names) =>
        parts.queueNotice(tx, { kind: "fallback-alarm", at, place, workstation: name, names }),
    });
  }

  /** Names and workstations that have to wait. */
  pauses() {
    return { names: this.#byName.pauses(), workstations: this.#byWorkstation.pauses() };
  }

  /** Nothing is held against these names, or this workstation, any more. */
  endPause(what: { readonly names: readonly string[] } | { readonly workstation: string }): void {
    if ("workstation" in what) return this.#byWorkstation.clear(what.workstation);
    for (const name of what.names) this.#byName.clear(name);
  }

  /** Which passwords count at this place. */
  offeredAt(place: string): { readonly temporary: boolean; readonly directory: boolean } {
    const places = placesAbove(this.#parts.house, place);
    return {
      temporary: this.#parts.configuration.profiles.some(profile => coversPlace(profile, places)),
      directory: this.#parts.ofDirectory.offeredAt(places),
    };
  }

  /**
   * Rejects with `request-malformed` where the place offers none, `sign-in-throttled`, `password-refused` and
   * `directory-password-unavailable`; recorded but the first.
   */
  async signIn(workstation: Workstation, who: string, password: Uint8Array): Promise<SeatTaken> {
    const { temporary, ofDirectory, seating, timers, house } = this.#parts;
    const offered = this.offeredAt(workstation.place);
    if (!offered.temporary && !offered.directory) throw new Failure("request-malformed");
    const name = spokenName(who);
    const waitMs = Attempts.takeAll(
      [this.#all, everybody],
      [this.#byWorkstation, workstation.id],
      [this.#byName, name],
    );
    const asked = { workstation, name, act: "fallback-denied" } as const;
    if (waitMs > 0) return this.#deny(asked, "sign-in-throttled", `${waitMs} ms`);
    const refusable = Promise.withResolvers<void>();
    if (offered.directory) timers.after(refusedAfterMs, refusable.resolve);
    else refusable.resolve();
    const places = placesAbove(house, workstation.place);
    const kept = await temporary.named(name);
    const isTemporary = !offered.directory || (kept !== undefined && "issuedAt" in kept.fallback);
    try {
      const checking = isTemporary
        ? temporary.check(workstation, places, kept, password)
        : ofDirectory.check(places, who, password);
      const outcome = await checking.catch(wrongByFailure);
      if (outcome.outcome === "right") {
        this.#byName.clear(name);
        const { holder, means, limit, condition, wantsSecondFactor } = outcome;
        return await seating.seatWithoutCard(workstation, holder, means, limit, condition, wantsSecondFactor);
      }
      await refusable.promise;
      return await this.#refuse({ ...asked, act: isTemporary ? asked.act : "directory-password-denied" }, outcome);
    } finally {
      password.fill(0);
    }
  }

  async #refuse(asked: Asked, outcome: Extract<PasswordOutcome, { outcome: "wrong" }>): Promise<never> {
    const { workstation, name } = asked;
    const { code, why, holder, names } = outcome;
    if (code === "password-refused") await this.#spraying.refused(workstation, name);
    return this.#deny(asked, code, why, { holder, names });
  }

  async #deny(
    { workstation, name, act }: Asked,
    code: FailureCode,
    why: string,
    { holder, names }: { readonly holder?: string | undefined; readonly names: readonly string[] } = { names: [] },
  ): Promise<never> {
    const { store, clock, counts } = this.#parts;
    const at = clock.now();
    const { id, place } = workstation;
    const detail = JSON.stringify({ who: name, why });
    const record = { at, act, workstation: id, place, holder, code, detail };
    await store.write(tx => appendTrail(tx, record, [name, ...names]));
    counts.count({ outcome: "denied", code });
    throw new Failure(code, { detail: why });
  }
}

/** Too much waits already: nothing was checked. */
function wrongByFailure(problem: unknown): PasswordOutcome {
  const { code, detail = "" } = asFailure(problem);
  if (code !== "sign-in-throttled") throw problem;
  return { outcome: "wrong", code, why: detail, holder: undefined, names: [] };
}

/** How tries that were wrong come further and further apart. */
export function pausesOf({ throttling }: FallbackConfiguration): BackOff {
  const { freeTries, firstPauseSeconds, longestPauseSeconds } = throttling;
  return { free: freeTries, firstMs: firstPauseSeconds * 1000, longestMs: longestPauseSeconds * 1000 };
}
