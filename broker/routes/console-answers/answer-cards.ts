import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { reportLostCard } from "../../fallback/report-lost-card.ts";
import { cardsOverview } from "../../services/cards-overview.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import { actOf, type ConsoleAnswersParts } from "./console-answers-parts.ts";

/** The cards that are known, and those that are lost. */
export function answerCards(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { store, clock } = parts;
  accept(consoleRoutes.cards, (_who, question) => cardsOverview(store.db, clock.now(), question));
  accept(consoleRoutes.reportLoss, async (who, { holder, reason }) => {
    await reportLostCard(parts, holder, reason, await actOf(who, parts));
    return {};
  });
}
