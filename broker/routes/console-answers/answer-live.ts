import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { placeOf } from "../../services/house.ts";
import { liveOverview } from "../../services/live-overview.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import type { ConsoleAnswersParts } from "./console-answers-parts.ts";

/** Who is where. */
export function answerLive(accept: AcceptConsoleRoute, { house, store, clock, hub }: ConsoleAnswersParts): void {
  const startedAt = clock.now();
  const placeNameOf = (id: string) => placeOf(house, id)?.name ?? id;
  accept(consoleRoutes.live, (_who, { search = "" }) =>
    liveOverview({ store, clock, hub, startedAt, placeNameOf }, search.trim()),
  );
}
