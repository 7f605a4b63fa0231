import { Failure } from "../../../core/errors/failure.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { breakGlassOverview, openGlassesOverview } from "../../break-glass/break-glass-overview.ts";
import { reviewGlass } from "../../break-glass/review-glass.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import { actOf, type ConsoleAnswersParts } from "./console-answers-parts.ts";

/** What the broker answers to the console's questions about emergency access. */
export function answerBreakGlass(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { configuration, house, store, clock, breakGlass } = parts;
  const overviewParts = () => ({
    ...{ db: store.db, house, configuration: configuration.breakGlass },
    now: clock.now(),
  });

  accept(consoleRoutes.openGlasses, async () => {
    const now = overviewParts();
    return { now: now.now, open: [...(await openGlassesOverview(now))] };
  });
  accept(consoleRoutes.breakGlass, ({ session, roles }) =>
    breakGlassOverview(overviewParts(), session.holder.id, roles),
  );
  accept(consoleRoutes.revokeGlass, async (who, { id, reason }) => {
    if (breakGlass === undefined) throw new Failure("request-malformed", { detail: "no emergency access is given" });
    await breakGlass.revoke(id, reason, await actOf(who, parts));
    return {};
  });
  // What was broken before the configuration was taken away still waits for its review.
  accept(consoleRoutes.reviewGlass, async (who, { id, finding, words }) => {
    await reviewGlass(store, id, { finding, words }, await actOf(who, parts));
    return {};
  });
}
