import { useTranslation } from "react-i18next";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { ReasonedAct } from "./reasoned-act.tsx";

interface SessionEndProps {
  readonly holder: string;
  readonly name: string;
  readonly onEnd: () => void;
}

/** Ends a holder's session, for a reason. */
export function SessionEnd({ holder, name, onEnd }: SessionEndProps) {
  const { t } = useTranslation();
  return (
    <ReasonedAct
      title={t("console.holderMore.endSessionOf", { name })}
      doIt={t("console.holderMore.endSession")}
      act={async reason => {
        await ask(consoleRoutes.endSession, { holder, reason });
        return undefined;
      }}
      onEnd={onEnd}
    >
      <p>{t("console.holderMore.endSessionDoes")}</p>
    </ReasonedAct>
  );
}
