import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HolderView } from "../../../protocol/broker/console/directory-view.ts";
import { CardsTable } from "../components/cards-table.tsx";
import { LossReport } from "../components/loss-report.tsx";
import { Moment } from "../components/moment.tsx";

interface HolderCardsProps {
  readonly view: HolderView;
  readonly now: number;
  readonly name: string;
  readonly mayReport: boolean;
  readonly mayWithdraw: boolean;
  readonly onChanged: () => void;
}

/** The holder's cards: lost, found again; and what to say where one is blocked. */
export function HolderCards({ view, now, name, mayReport, mayWithdraw, onChanged }: HolderCardsProps) {
  const { t } = useTranslation();
  const [reporting, setReporting] = useState(false);
  const { cards, lostSince, holder } = view;
  return (
    <section aria-labelledby="cards">
      <div className="section-head">
        <h2 id="cards">{t("console.holderMore.cards")}</h2>
        {cards.length === 0 && lostSince === undefined && mayReport && (
          <button type="button" onClick={() => setReporting(true)}>
            {t("console.cards.lost")}
          </button>
        )}
      </div>
      {lostSince !== undefined && (
        <p className="notice" data-tone="bad">
          {t("console.holderMore.lostSince")} <Moment at={lostSince} now={now} />
        </p>
      )}
      {cards.length === 0 ? (
        <p className="empty">{t("console.holderMore.noCard")}</p>
      ) : (
        <CardsTable cards={cards} now={now} mayReport={mayReport} mayWithdraw={mayWithdraw} onChanged={onChanged} />
      )}
      <details>
        <summary>{t("console.holderMore.blocked")}</summary>
        <ol>
          {(["first", "second", "third"] as const).map(step => (
            <li key={step}>{t(`console.holderMore.blockedSteps.${step}`)}</li>
          ))}
        </ol>
      </details>
      {reporting && (
        <LossReport
          holder={{ id: holder, displayName: name }}
          act="lost"
          onEnd={() => {
            setReporting(false);
            onChanged();
          }}
        />
      )}
    </section>
  );
}
