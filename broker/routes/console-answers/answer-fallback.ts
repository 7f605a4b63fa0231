import { Failure } from "../../../core/errors/failure.ts";
import type { IssuedFallback } from "../../../protocol/broker/console/fallback.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { fallbackOverview } from "../../fallback/fallback-overview.ts";
import { fallbackRates } from "../../fallback/fallback-rates.ts";
import type { Fallbacks, IssuedPassword } from "../../fallback/fallbacks.ts";
import { withdrawLostCard } from "../../fallback/withdraw-lost-card.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import { actOf, type ConsoleAnswersParts } from "./console-answers-parts.ts";

/** What the broker answers to the console's questions about temporary access. */
export function answerFallback(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { configuration, house, store, clock, fallbacks, statistics } = parts;

  accept(consoleRoutes.fallback, ({ session, roles }) =>
    fallbackOverview(
      { db: store.db, house, configuration: configuration.fallback, now: clock.now() },
      session.holder.id,
      roles.includes("helpdesk"),
    ),
  );
  accept(consoleRoutes.fallbackRates, async (_who, { days }) => {
    await statistics.flush();
    const since = statistics.dayBefore(Number(days) - 1);
    return fallbackRates({ store, house, configuration: configuration.fallback, now: clock.now(), since });
  });
  accept(consoleRoutes.requestFallback, async (who, order) => {
    const requested = await offered(fallbacks).request(order, await actOf(who, parts));
    return requested.state === "waiting" ? requested : { state: requested.state, ...told(requested) };
  });
  accept(consoleRoutes.approveFallback, async (who, { id }) => {
    await offered(fallbacks).approve(id, await actOf(who, parts));
    return {};
  });
  accept(consoleRoutes.issueFallback, async (who, { id }) =>
    told(await offered(fallbacks).issue(id, await actOf(who, parts))),
  );
  accept(consoleRoutes.revokeFallback, async (who, { id, reason }) => {
    await offered(fallbacks).revoke(id, reason, await actOf(who, parts));
    return {};
  });
  accept(consoleRoutes.withdrawLoss, async (who, { holder, reason }) => {
    await withdrawLostCard(store, holder, reason, await actOf(who, parts));
    return {};
  });
}

function told({ password, fallback }: IssuedPassword): IssuedFallback {
  return { password, until: fallback.until, signIns: fallback.left };
}

function offered(fallbacks: Fallbacks | undefined): Fallbacks {
  if (fallbacks === undefined) throw new Failure("request-malformed", { detail: "no temporary access is given" });
  return fallbacks;
}
