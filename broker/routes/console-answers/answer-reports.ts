import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { complianceOverview } from "../../services/compliance/compliance-overview.ts";
import { placeOf } from "../../services/house.ts";
import { makeReport } from "../../services/reports.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import { actOf, type ConsoleAnswersParts } from "./console-answers-parts.ts";

/** Reports for auditors, each recorded; and how the settings in force answer the frameworks. */
export function answerReports(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { store, house, trailKey, clock } = parts;
  const placeNameOf = (id: string) => placeOf(house, id)?.name ?? id;
  accept(consoleRoutes.report, async (who, order) =>
    makeReport({ store, placeNameOf, origin: trailKey.name }, order, await actOf(who, parts)),
  );
  accept(consoleRoutes.compliance, () => complianceOverview({ ...parts, now: clock.now() }));
}
