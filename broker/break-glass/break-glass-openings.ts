import type { BreakGlassFacts, GlassReason } from "../../core/break-glass/break-glass.ts";
import type { FailureCode } from "../../core/errors/catalogue.ts";
import { asFailure, Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { assuranceOf, type Means } from "../../core/session/means.ts";
import type { Session, SessionHolder } from "../../core/session/session.ts";
import { openGlassOf, type SeatTaken } from "../../core/session/session-rules.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Admission } from "../directory/admission.ts";
import { spokenName } from "../fallback/names-of-holder.ts";
import type { QueueNotice } from "../notices/queue-notice.ts";
import { atMost } from "../services/attempt-rules.ts";
import { Attempts } from "../services/attempts.ts";
import type { Workstation } from "../services/enrolments.ts";
import type { Entitlements } from "../services/entitlements.ts";
import type { House } from "../services/house.ts";
import { newIdentifier } from "../services/identifiers.ts";
import { askingOf } from "../services/launches.ts";
import type { Seating } from "../services/seating.ts";
import type { SessionActivities } from "../services/session-activities.ts";
import type { SessionEvents } from "../services/session-events.ts";
import type { Sessions } from "../services/sessions.ts";
import type { SignInCounts } from "../services/sign-in-counts.ts";
import { SprayAlarm } from "../services/spray-alarm.ts";
import type { StepUps } from "../services/step-ups.ts";
import { knownHolder } from "../store/known-holder-table.ts";
import { saveGlassOf, sessionOfSeat } from "../store/session-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { BreakGlassConfiguration, GlassWay } from "./break-glass-configuration.ts";
import { glassWaysAt } from "./glass-ways-at.ts";
import { holdersNamed } from "./holders-named.ts";
import { type GlassAlarm, openGlass } from "./open-glass.ts";

interface Parts {
  readonly configuration: BreakGlassConfiguration;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly house: House;
  readonly admission: Admission;
  readonly sessions: Sessions;
  readonly seating: Seating;
  readonly stepUps: Pick<StepUps, "ask">;
  readonly entitlements: Entitlements;
  readonly activities: SessionActivities;
  readonly events: SessionEvents;
  readonly counts: SignInCounts;
  readonly queueNotice: QueueNotice;
  /** One is open now. */
  readonly opened: () => void;
}

/** Who breaks a glass, as far as it is known; for records of what is refused. */
type Asker = Pick<TrailRecord, "holder" | "means" | "assurance" | "session" | "application" | "identity">;

const fifteenMinutesMs = 15 * 60_000;
const cards: readonly Means[] = ["card-pin", "card-presence"];

/**
 * Breaks the glass, in two ways. With a card: in an open session, for applications that policies open to nobody but in an emergency, by
 * the PIN typed again. Without: from the cover, in a name that nobody proves; a session of its own, for what policies open to a claim.
 * Whatever is wrong there has one answer: only the trail knows.
 */
export class BreakGlassOpenings {
  readonly #parts: Parts;
  readonly #byPerson: Attempts;
  readonly #byWorkstation: Attempts;
  readonly #spraying: SprayAlarm;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { clock } = parts;
    const { personTries, workstationTries, sprayedNames } = parts.configuration.throttling;
    this.#byPerson = new Attempts(clock, atMost({ most: personTries, withinMs: fifteenMinutesMs }));
    this.#byWorkstation = new Attempts(clock, atMost({ most: workstationTries, withinMs: fifteenMinutesMs }));
    this.#spraying = new SprayAlarm(parts, {
      mostNames: sprayedNames,
      act: "break-glass-alarm",
      kind: "break-glass-sprayed",
    });
  }

  get configuration(): BreakGlassConfiguration {
    return this.#parts.configuration;
  }

  waysAt(place: string): readonly GlassWay[] {
    return glassWaysAt(this.#parts.configuration, this.#parts.house, place);
  }

  /**
   * The holder of an open seat asks for it, because of an application. Resolves when his PIN is being asked for; the workstation is told
   * when the session has changed. Rejects with `break-glass-refused`, `break-glass-open`, `sign-in-throttled`, recorded, and
   * `session-unknown`, `request-malformed`.
   */
  async raise(workstation: Workstation, seat: string, application: string, reason: GlassReason): Promise<void> {
    const { sessions, house, stepUps, log } = this.#parts;
    this.#demandReason(reason);
    const session = await sessions.openAt(workstation.id, seat);
    const { holder, means, id } = session;
    const asker = { holder: holder.id, means, assurance: assuranceOf(means), session: id, application };
    await this.#throttle(workstation, holder.id, asker);
    const problem = await this.#problemOf(workstation, session, application);
    if (problem !== undefined) return this.#deny(workstation, problem, "not for this application here", asker);
    const name = house.applications.find(known => known.id === application)?.name ?? application;
    const demand = { application: { id: application, name }, minimum: "high", maximalAgeMs: 0 } as const;
    void stepUps
      .ask(session, demand)
      .then(async outcome => {
        if (outcome === "done") return this.#raise(workstation, session, application, reason);
        const code = outcome === "timed-out" ? "step-up-timed-out" : "step-up-cancelled";
        return this.#deny(workstation, code, "the PIN was not given", asker);
      })
      .catch((error: unknown) => log.info("break-glass-not-opened", { detail: asFailure(error).code }));
  }

  /**
   * Somebody without a card says who he is. Rejects with `break-glass-refused` and `sign-in-throttled`, recorded, and with
   * `request-malformed` where this place does not offer it.
   */
  async signIn(workstation: Workstation, who: string, reason: GlassReason): Promise<SeatTaken> {
    const { store, admission, seating, configuration, queueNotice } = this.#parts;
    if (!this.waysAt(workstation.place).includes("without-card")) throw new Failure("request-malformed");
    this.#demandReason(reason);
    const means = "break-glass";
    const asker = { means, assurance: assuranceOf(means), identity: "claimed" } as const;
    await this.#throttle(workstation, spokenName(who), asker, who);
    const [named, ...others] = await holdersNamed(store.db, who);
    const refusal = named === undefined ? undefined : await admission.refusalOf(store.db, named.id);
    if (named === undefined || others.length > 0 || refusal !== undefined) {
      await this.#spraying.refused(workstation, spokenName(who));
      const why = named === undefined ? "nobody of this name is known" : (refusal?.detail ?? "several of this name");
      return this.#deny(workstation, "break-glass-refused", why, asker, who);
    }
    const holder: SessionHolder = (await knownHolder(store.db, named.id)) ?? {
      ...named,
      profession: "",
      professionCode: undefined,
    };
    const id = newIdentifier();
    const openedAt = this.#parts.clock.now();
    const until = openedAt + configuration.minutes * 60_000;
    let alarms: readonly GlassAlarm[] = [];
    const taken = await seating.seatWithoutCard(workstation, holder, means, { until, breakGlass: id }, async tx => {
      const facts = this.#factsOf(id, workstation, holder, { identity: "claimed", means, reason, openedAt });
      const opened = await openGlass(tx, facts, configuration, { assurance: assuranceOf(means) }, queueNotice);
      alarms = opened.alarms;
      return undefined;
    });
    this.#opened(alarms);
    return taken;
  }

  /** The PIN was typed: from now on policies see an emergency. */
  async #raise(workstation: Workstation, asked: Session, application: string, reason: GlassReason): Promise<void> {
    const { store, clock, configuration, events, queueNotice } = this.#parts;
    const seat = asked.seat?.id ?? "";
    const opened = await store.write(async tx => {
      const session = await sessionOfSeat(tx, seat);
      // The card may have gone since.
      if (session?.id !== asked.id || session.seat?.state !== "open") throw new Failure("step-up-seat-left");
      const at = clock.now();
      if (openGlassOf(session, at) !== undefined) throw new Failure("break-glass-open");
      const { means } = session;
      const facts = this.#factsOf(newIdentifier(), workstation, session.holder, {
        identity: "proved",
        means,
        reason,
        openedAt: at,
      });
      const about = { session: session.id, application, assurance: assuranceOf(means) };
      const { glass, alarms } = await openGlass(tx, facts, configuration, about, queueNotice);
      await saveGlassOf(tx, session.id, { id: glass.id, until: glass.until });
      return { session, alarms };
    });
    this.#opened(opened.alarms);
    const { id, seat: where } = opened.session;
    events.tell({ type: "break-glass-changed", session: id, where, closed: [] });
  }

  #factsOf(
    id: string,
    { id: workstation, name, place }: Workstation,
    { id: holder, displayName }: SessionHolder,
    rest: Pick<BreakGlassFacts, "identity" | "means" | "reason" | "openedAt">,
  ): BreakGlassFacts {
    return { id, holder: { id: holder, displayName }, workstation: { id: workstation, name }, place, ...rest };
  }

  #opened(alarms: readonly GlassAlarm[]): void {
    const { counts, log, opened } = this.#parts;
    counts.alarm("break-glass-opened");
    for (const { alarm } of alarms) {
      log.warn("break-glass-alarm", { alarm });
      counts.alarm(`break-glass-${alarm}`);
    }
    opened();
  }

  #demandReason({ kind }: GlassReason): void {
    if (!this.#parts.configuration.reasons.some(({ id }) => id === kind))
      throw new Failure("request-malformed", { detail: `no reason “${kind}”` });
  }

  async #problemOf(workstation: Workstation, asked: Session, application: string): Promise<FailureCode | undefined> {
    const { clock, entitlements, activities } = this.#parts;
    const now = clock.now();
    if (openGlassOf(asked, now) !== undefined) return "break-glass-open";
    if (!this.waysAt(workstation.place).includes("with-card") || !cards.includes(asked.means))
      return "break-glass-refused";
    const { session } = await activities.settle(asked);
    const asking = { ...askingOf(session, workstation, now), breakGlass: "offered" } as const;
    const { unavailable } = await entitlements.decide(asking, application);
    return unavailable?.reason === "break-glass" ? undefined : "break-glass-refused";
  }

  async #throttle(workstation: Workstation, person: string, asker: Asker, who?: string): Promise<void> {
    const waitMs = Attempts.takeAll([this.#byWorkstation, workstation.id], [this.#byPerson, person]);
    if (waitMs > 0) await this.#deny(workstation, "sign-in-throttled", `${waitMs} ms`, asker, who);
  }

  async #deny(
    { id: workstation, place }: Workstation,
    code: FailureCode,
    why: string,
    asker: Asker,
    who?: string,
  ): Promise<never> {
    const { store, clock } = this.#parts;
    const names = who === undefined ? [] : [spokenName(who)];
    const detail = JSON.stringify({ who: names[0], why });
    const record = { ...asker, at: clock.now(), workstation, place, code, detail };
    await store.write(tx => appendTrail(tx, { ...record, act: "break-glass-denied" }, names));
    throw new Failure(code, { detail: why });
  }
}
