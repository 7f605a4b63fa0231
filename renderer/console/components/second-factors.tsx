import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HolderView } from "../../../protocol/broker/console/directory-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { Moment } from "./moment.tsx";
import { ReasonedAct } from "./reasoned-act.tsx";
import { useBrokerNow } from "./use-broker-now.ts";

interface SecondFactorsProps {
  readonly view: HolderView;
  readonly receivedAt: number;
  readonly mayReset: boolean;
  readonly onReset: () => void;
}

/** What a holder proves himself with outside the hospital, and how the helpdesk takes it away. */
export function SecondFactors({ view, receivedAt, mayReset, onReset }: SecondFactorsProps) {
  const { t } = useTranslation();
  const [resetting, setResetting] = useState(false);
  const now = useBrokerNow(view.now, receivedAt);
  const { secondFactors, holder } = view;
  return (
    <section aria-labelledby="second-factors">
      <header className="section-head">
        <h2 id="second-factors">{t("console.holder.secondFactors")}</h2>
        {mayReset && secondFactors.length > 0 && (
          <button type="button" onClick={() => setResetting(true)}>
            {t("console.holder.reset")}
          </button>
        )}
      </header>
      {secondFactors.length === 0 && <p className="empty">{t("console.holder.noSecondFactor")}</p>}
      {secondFactors.map(({ id, kind, name, registeredAt, usedAt }) => (
        <p className="facts" key={id}>
          <strong>{t(`console.holder.factor.${kind}`, { name })}</strong>
          <span>
            {t("console.holder.registered")} <Moment at={registeredAt} now={now} />
            {usedAt !== undefined && (
              <>
                , {t("console.holder.used")} <Moment at={usedAt} now={now} />
              </>
            )}
          </span>
        </p>
      ))}
      {resetting && (
        <ReasonedAct
          title={t("console.holder.resetTitle")}
          doIt={t("console.holder.reset")}
          act={async reason => {
            await ask(consoleRoutes.resetSecondFactors, { holder, reason });
            onReset();
            return undefined;
          }}
          onEnd={() => setResetting(false)}
        >
          <p>{t("console.holder.resetEffect")}</p>
        </ReasonedAct>
      )}
    </section>
  );
}
