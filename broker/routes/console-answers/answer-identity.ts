import { fromBase64 } from "../../../core/bytes/base64.ts";
import type { CardTrialResult } from "../../../protocol/broker/console/card-trial.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { domainRules } from "../../services/trust-overview.ts";
import { holderBehind } from "../../store/alias-table.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import type { ConsoleAnswersParts } from "./console-answers-parts.ts";

/** Whom a card names, and whether it would be let in. */
export function answerIdentity(accept: AcceptConsoleRoute, { store, trust }: ConsoleAnswersParts): void {
  accept(consoleRoutes.domainRules, async () => domainRules(trust.document));
  accept(consoleRoutes.tryCard, async (_who, { certificate }): Promise<CardTrialResult> => {
    const verdict = await trust.judge(fromBase64(certificate) ?? new Uint8Array(), "authentication");
    if (!verdict.fit) return { fit: false, code: verdict.code, detail: verdict.detail };
    const { domain, revocation, identity } = verdict;
    return { fit: true, domain, revocation, holder: await holderBehind(store.db, identity.subjectNameId) };
  });
}
