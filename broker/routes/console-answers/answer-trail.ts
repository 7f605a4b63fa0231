import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { placeOf } from "../../services/house.ts";
import { extractTrail, proveRecord } from "../../services/trail-extracts.ts";
import { trailPage } from "../../services/trail-overview.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import { actOf, type ConsoleAnswersParts } from "./console-answers-parts.ts";

/** The trail, for auditors: what they look at and take away is itself recorded. */
export function answerTrail(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { store, house, trailKey } = parts;
  const placeNameOf = (id: string) => placeOf(house, id)?.name ?? id;
  accept(consoleRoutes.trail, async (who, filter) => trailPage(store, filter, await actOf(who, parts), placeNameOf));
  accept(consoleRoutes.trailProof, (_who, { sequence }) => proveRecord(store, sequence, trailKey));
  accept(consoleRoutes.trailExport, async (who, { format, reason, ...filter }) =>
    extractTrail(store, { filter, format, reason }, await actOf(who, parts), trailKey.name),
  );
}
