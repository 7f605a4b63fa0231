import { asFailure } from "../../../core/errors/failure.ts";
import type { FlowEvent } from "../../../core/flow/flow-event.ts";
import type { AgentPorts } from "../agent-ports.ts";
import type { Outbox } from "../outbox.ts";
import type { Call } from "./call.ts";
import type { Performers } from "./performers.ts";

/** What the broker is told, and asked, of the session that has its seat here. */
export function sessionEffects(
  { broker, clock, monotonic, log }: Pick<AgentPorts, "broker" | "clock" | "monotonic" | "log">,
  outbox: Outbox,
  call: Call,
  happen: (event: FlowEvent) => void,
) {
  return {
    "believe-seat": ({ seat }) => broker.believeSeat(seat),
    "renew-line": () => broker.renewLine(),
    "cover-seat": ({ seat, reason, awayMs = 0 }) => {
      const coveredAt = monotonic.now();
      outbox.post(async () => {
        const agoMs = Math.round(monotonic.now() - coveredAt) + awayMs;
        const { graceUntil } = await broker.cover(seat, reason, agoMs);
        happen({ type: "seat-cover-recorded", seat, graceUntil, at: clock.now() });
      });
    },
    "end-session": ({ seat }) => outbox.post(() => broker.end(seat)),
    "describe-session": ({ attempt, seat }) =>
      call(attempt, async () => ({
        type: "session-described",
        attempt,
        session: await broker.describeSession(seat),
      })),
    "renew-session": ({ seat }) =>
      void broker
        .describeSession(seat)
        .then(session => happen({ type: "session-renewed", session }))
        .catch(thrown => log.warn("session-not-renewed", { code: asFailure(thrown).code })),
    "choose-activity": ({ attempt, seat, activity }) =>
      call(attempt, async () => ({
        type: "session-described",
        attempt,
        session: await broker.chooseActivity(seat, activity),
      })),
    "keep-favourite": ({ seat, application, favourite }) =>
      outbox.post(() => broker.keepFavourite(seat, application, favourite)),
    "raise-glass": ({ seat, application, reason }) =>
      void broker
        .raiseGlass(seat, application, reason)
        .catch(thrown => happen({ type: "glass-refused", seat, application, code: asFailure(thrown).code })),
    "end-glass": ({ seat }) => outbox.post(() => broker.endGlass(seat)),
  } satisfies Partial<Performers>;
}
