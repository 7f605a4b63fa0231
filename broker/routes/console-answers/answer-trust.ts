import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { addHolderAlias, effectsOfAlias, removeHolderAlias } from "../../services/holder-aliases.ts";
import { trustOverview } from "../../services/trust-overview.ts";
import { holderAliases } from "../../store/alias-table.ts";
import { bundleInForce } from "../../store/trust-table.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import { actOf, type ConsoleAnswersParts } from "./console-answers-parts.ts";

/** What is trusted, and cards of one holder under two numbers. */
export function answerTrust(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { store, clock, trust } = parts;
  accept(consoleRoutes.trust, async () =>
    trustOverview(trust, (await bundleInForce(store.db))?.appliedAt, clock.now()),
  );
  accept(consoleRoutes.aliases, async () => ({ now: clock.now(), aliases: [...(await holderAliases(store.db))] }));
  accept(consoleRoutes.aliasEffects, (_who, { identifier, holder }) => effectsOfAlias(store, identifier, holder));
  accept(consoleRoutes.addAlias, async (who, { identifier, holder, reason }) => {
    await addHolderAlias(store, identifier, holder, { ...(await actOf(who, parts)), detail: reason });
    return {};
  });
  accept(consoleRoutes.removeAlias, async (who, { identifier, reason }) => {
    await removeHolderAlias(store, identifier, { ...(await actOf(who, parts)), detail: reason });
    return {};
  });
}
