import { useTranslation } from "react-i18next";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { ReasonedAct } from "../components/reasoned-act.tsx";

export interface Pausing {
  readonly kind: "holder" | "workstation";
  readonly id: string;
  readonly name: string;
}

/** Lets somebody, or a workstation, try again at once. */
export function PauseEnd({ kind, id, name, onEnd }: Pausing & { readonly onEnd: () => void }) {
  const { t } = useTranslation();
  return (
    <ReasonedAct
      title={t("console.pauses.endOf", { name })}
      doIt={t("console.pauses.end")}
      act={async reason => {
        await ask(consoleRoutes.endPause, { kind, id, reason });
        return undefined;
      }}
      onEnd={onEnd}
    >
      <p>{t("console.pauses.endDoes")}</p>
    </ReasonedAct>
  );
}
