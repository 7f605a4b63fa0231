import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { houseHistory, houseOverview } from "../../services/house-overview.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import { actOf, type ConsoleAnswersParts } from "./console-answers-parts.ts";

/** Applications, places, groups, structures and policies: what there is, what a change would do, and the change. */
export function answerHouse(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { house, houseChanges, policies, store, clock } = parts;
  accept(consoleRoutes.house, () => houseOverview(house, policies, store));
  accept(consoleRoutes.houseHistory, async () => houseHistory(store, clock.now()));
  accept(consoleRoutes.houseCheck, async (_who, { change }) => ({ faults: [...(await houseChanges.faults(change))] }));
  accept(consoleRoutes.houseEffects, (_who, { change }) => houseChanges.effects(change));
  accept(consoleRoutes.houseChange, async (who, { change, seen, reason }) =>
    houseChanges.change(change, seen, reason, await actOf(who, parts)),
  );
}
