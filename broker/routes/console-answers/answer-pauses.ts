import { Failure } from "../../../core/errors/failure.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { endPause, pausesOverview } from "../../fallback/sign-in-pauses.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import { actOf, type ConsoleAnswersParts } from "./console-answers-parts.ts";

/** Who has to wait before his next try, and who need not any more. */
export function answerPauses(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { store, clock, passwords } = parts;
  accept(consoleRoutes.pauses, () => pausesOverview(store, passwords, clock.now()));
  accept(consoleRoutes.endPause, async (who, { reason, ...what }) => {
    if (passwords === undefined) throw new Failure("request-malformed", { detail: "no temporary access is given" });
    await endPause(store, passwords, what, reason, await actOf(who, parts));
    return {};
  });
}
