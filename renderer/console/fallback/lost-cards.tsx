import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LostCardView } from "../../../protocol/broker/console/fallback.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { Moment } from "../components/moment.tsx";
import { ReasonedAct } from "../components/reasoned-act.tsx";

interface LostCardsProps {
  readonly lostCards: readonly LostCardView[];
  readonly now: number;
  /** Whether who looks may take a report back. */
  readonly mayWithdraw: boolean;
  readonly onChanged: () => void;
}

/** Whose cards are refused because they were reported lost. */
export function LostCards({ lostCards, now, mayWithdraw, onChanged }: LostCardsProps) {
  const { t } = useTranslation();
  const [found, setFound] = useState<LostCardView>();
  if (lostCards.length === 0) return <p className="empty">{t("console.fallback.noLost")}</p>;
  return (
    <>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("console.fallback.holder")}</th>
              <th scope="col">{t("console.fallback.reported")}</th>
              <th scope="col">{t("console.fallback.why")}</th>
              {mayWithdraw && <th scope="col">{t("console.fallback.acts")}</th>}
            </tr>
          </thead>
          <tbody>
            {lostCards.map(lost => (
              <tr key={lost.holder.id}>
                <th scope="row">
                  {lost.holder.displayName}
                  <small>
                    <code>{lost.holder.id}</code>
                  </small>
                </th>
                <td>
                  <Moment at={lost.reportedAt} now={now} />
                  <small>{lost.by.displayName}</small>
                </td>
                <td>{lost.reason}</td>
                {mayWithdraw && (
                  <td>
                    <button
                      type="button"
                      onClick={() => setFound(lost)}
                      aria-label={t("console.fallback.foundOf", { name: lost.holder.displayName })}
                    >
                      {t("console.fallback.found")}
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found !== undefined && (
        <ReasonedAct
          title={t("console.fallback.foundOf", { name: found.holder.displayName })}
          doIt={t("console.fallback.found")}
          act={async reason => {
            await ask(consoleRoutes.withdrawLoss, { holder: found.holder.id, reason });
            return undefined;
          }}
          onEnd={() => {
            setFound(undefined);
            onChanged();
          }}
        >
          <p>{t("console.fallback.foundDoes")}</p>
        </ReasonedAct>
      )}
    </>
  );
}
