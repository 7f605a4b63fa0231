import type { FlowEvent } from "../../../core/flow/flow-event.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import { challengeLifetimeMs } from "../../../core/proof/challenge.ts";
import type { Alarms } from "../alarms.ts";
import type { Performers } from "./performers.ts";

/** Asks for a fresh challenge well before the broker forgets the old one. */
const challengeAgesAfterMs = (challengeLifetimeMs * 3) / 4;
const brokerTroubleRetryMs = 5_000;

/** What the flow wants to hear of later. */
export function alarmEffects(clock: Clock, alarms: Alarms, happen: (event: FlowEvent) => void) {
  return {
    "watch-challenge-age": ({ attempt }) =>
      alarms.set("challenge-age", challengeAgesAfterMs, () => happen({ type: "challenge-aged", attempt })),
    "watch-expiry": ({ seat, at }) =>
      alarms.set("expiry", at - clock.now(), () => happen({ type: "session-expired", seat, at: clock.now() })),
    "watch-glass": ({ seat, at }) =>
      alarms.set("glass", at - clock.now(), () => happen({ type: "session-changed", seat })),
    "retry-later": ({ insertion }) =>
      alarms.set("retry", brokerTroubleRetryMs, () => happen({ type: "retry-due", insertion })),
  } satisfies Partial<Performers>;
}
