import { useTranslation } from "react-i18next";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { ReasonedAct } from "./reasoned-act.tsx";

interface LossReportProps {
  readonly holder: { readonly id: string; readonly displayName: string };
  /** `found`: takes the report back. */
  readonly act: "lost" | "found";
  readonly onEnd: () => void;
}

/** Says of a holder's cards that they are lost, or found again. */
export function LossReport({ holder: { id, displayName: name }, act, onEnd }: LossReportProps) {
  const { t } = useTranslation();
  const isLost = act === "lost";
  return (
    <ReasonedAct
      title={t(isLost ? "console.cards.lostOf" : "console.cards.foundOf", { name })}
      doIt={t(isLost ? "console.cards.lost" : "console.cards.found")}
      act={async reason => {
        await ask(isLost ? consoleRoutes.reportLoss : consoleRoutes.withdrawLoss, { holder: id, reason });
        return undefined;
      }}
      onEnd={onEnd}
    >
      <p>{isLost ? t("console.cards.lostDoes", { name }) : t("console.fallback.foundDoes")}</p>
    </ReasonedAct>
  );
}
