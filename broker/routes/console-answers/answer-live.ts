import { Failure } from "../../../core/errors/failure.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { placeOf } from "../../services/house.ts";
import { liveOverview } from "../../services/live-overview.ts";
import { holderBehind } from "../../store/alias-table.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import { actOf, type ConsoleAnswersParts } from "./console-answers-parts.ts";

/** Who is where. */
export function answerLive(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { house, store, clock, hub, sessionEndings } = parts;
  const startedAt = clock.now();
  const placeNameOf = (id: string) => placeOf(house, id)?.name ?? id;
  accept(consoleRoutes.live, (_who, { search = "" }) =>
    liveOverview({ store, clock, hub, startedAt, placeNameOf }, search.trim()),
  );
  accept(consoleRoutes.endSession, async (who, { holder, reason }) => {
    const known = await holderBehind(store.db, holder);
    if (!(await sessionEndings.endOf(known, `ended by the helpdesk: ${reason}`, await actOf(who, parts))))
      throw new Failure("session-unknown");
    return {};
  });
}
