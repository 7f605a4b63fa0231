import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { stopwatchOverview } from "../../services/stopwatch-overview.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import type { ConsoleAnswersParts } from "./console-answers-parts.ts";

/** How long sign-ins take. */
export function answerStopwatch(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { configuration, house, store, clock, statistics } = parts;
  const { limitSeconds, keepDays } = configuration.stopwatch;
  accept(consoleRoutes.stopwatch, async (_who, { days, ...question }) => {
    // What was measured a moment ago is there.
    await statistics.flush();
    const dayBefore = (count: number) => statistics.dayBefore(count);
    const asked = { db: store.db, house, now: clock.now(), limitMs: limitSeconds * 1000, keepDays, dayBefore };
    return stopwatchOverview(asked, { days: Number(days), ...question });
  });
}
