import type { HolderActivities } from "../../core/ports/holder-activities.ts";
import { Admission } from "../directory/admission.ts";
import { openDirectory } from "../directory/open-directory.ts";
import { type OpenSecondFactors, openSecondFactors } from "../second-factor/open-second-factors.ts";
import { CardSignIns } from "../services/card-sign-ins.ts";
import { ChallengeBook } from "../services/challenge-book.ts";
import { placeOf } from "../services/house.ts";
import { nodeTimers } from "../services/node-timers.ts";
import { Seating } from "../services/seating.ts";
import { SessionEndings } from "../services/session-endings.ts";
import { Sessions } from "../services/sessions.ts";
import { SignInCounts } from "../services/sign-in-counts.ts";
import { SignInDenials } from "../services/sign-in-denials.ts";
import { SignInStatistics } from "../services/sign-in-statistics.ts";
import { StepUps } from "../services/step-ups.ts";
import { forgetUnseenCards } from "../store/known-card-table.ts";
import { forgetOldCards } from "../store/recent-card-table.ts";
import { forgetOldPortals } from "../store/recent-portal-table.ts";
import type { OpenCardTrust } from "./open-card-trust.ts";
import type { Ground } from "./open-ground.ts";
import type { OpenHouse } from "./open-house.ts";
import type { OpenWorkstations } from "./open-workstations.ts";

export interface OpenSessions {
  readonly admission: Admission;
  readonly registered: HolderActivities;
  readonly sessions: Sessions;
  readonly sessionEndings: SessionEndings;
  readonly seating: Seating;
  readonly denials: SignInDenials;
  readonly cardSignIns: CardSignIns;
  readonly stepUps: StepUps;
  readonly secondFactors: OpenSecondFactors;
  readonly counts: SignInCounts;
  readonly statistics: SignInStatistics;
}

/** Who may be here, whose session lives, and how cards open sessions. Whoever may not be here any more has none when this ends. */
export async function openSessions(
  parts: Ground & OpenCardTrust & Pick<OpenHouse, "house"> & OpenWorkstations,
): Promise<OpenSessions> {
  const { configuration, store, clock, log, life, key, house, events } = parts;
  const counts = new SignInCounts();
  const { timeZone, stopwatch } = configuration;
  const statistics = new SignInStatistics({ store, clock, timeZone, keepDays: stopwatch.keepDays });
  // A full disk keeps no broker from ending.
  life.atEnd(() => statistics.flush().catch(error => log.warn("statistics-not-written", { detail: String(error) })));
  const directory = life.keep(await openDirectory({ configuration: configuration.directory, store, clock, log }));
  const admission = new Admission(configuration.directory);
  const secondFactors = openSecondFactors({
    ...{ store, clock, house },
    webOrigin: configuration.web.origin,
    secretsFile: `${configuration.store}.second-factors`,
  });
  const graceMsOf = (place: string) => (placeOf(house, place)?.graceSeconds ?? 0) * 1000;
  const here = { origin: configuration.agents.origin, brokerKey: key.fingerprint };
  const challenges = new ChallengeBook(clock);
  const denials = new SignInDenials({ store, clock, counts });
  const sessionEndings = new SessionEndings({ store, clock, admission, events });
  const rule = secondFactors.rule;
  const seating = new Seating({
    ...{ ...parts, admission, sessionEndings, denials, counts, statistics },
    activities: directory.activities,
    secondFactor: rule,
  });
  const sessionMs = configuration.sessionHours * 3_600_000;
  const cardSignIns = new CardSignIns({
    ...{ ...parts, admission, challenges, seating, denials },
    secondFactor: rule,
    settings: { ...here, sessionMs, graceMsOf },
  });
  const stepUps = new StepUps({ ...parts, challenges, timers: nodeTimers, settings: here });
  life.onceOpen(() => directory.watch(() => sessionEndings.endWithdrawn()));
  life.sweep(async () => {
    await sessionEndings.endExpired();
    await sessionEndings.endWithdrawn();
  });
  life.sweep(() => statistics.flush());
  life.sweep(() =>
    store.write(async tx => {
      await forgetOldCards(tx, clock.now());
      await forgetOldPortals(tx, clock.now());
      await forgetUnseenCards(tx, clock.now());
    }),
  );
  return {
    ...{ admission, sessionEndings, seating, denials, cardSignIns, stepUps, secondFactors, counts, statistics },
    registered: directory.activities,
    sessions: new Sessions({ store, clock, events, graceMsOf }),
  };
}
