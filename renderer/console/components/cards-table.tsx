import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardView } from "../../../protocol/broker/console/cards.ts";
import { addressOf } from "../use-address.ts";
import { CardStandingBadge } from "./card-standing.tsx";
import { DistinguishedName } from "./distinguished-name.tsx";
import { Link } from "./link.tsx";
import { LossReport } from "./loss-report.tsx";
import { Moment } from "./moment.tsx";

interface CardsTableProps {
  readonly cards: readonly CardView[];
  readonly now: number;
  readonly mayReport: boolean;
  readonly mayWithdraw: boolean;
  readonly onChanged: () => void;
}

type Wanted = { readonly act: "lost" | "found"; readonly card: CardView };

/** Cards with their holders; who may says of one that it is lost, or found again. */
export function CardsTable({ cards, now, mayReport, mayWithdraw, onChanged }: CardsTableProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<Wanted>();
  return (
    <>
      <div className="scroll">
        <table className="cards-table">
          <thead>
            <tr>
              <th scope="col">{t("console.cards.holder")}</th>
              <th scope="col">{t("console.cards.card")}</th>
              <th scope="col">{t("console.cards.state")}</th>
              <th scope="col">{t("console.cards.expires")}</th>
              <th scope="col">{t("console.cards.seen")}</th>
            </tr>
          </thead>
          <tbody>
            {cards.map(card => {
              const { holder, family, issuer, serial, standing, expiresAt, lastSeenAt } = card;
              const name = holder.displayName;
              return (
                <tr key={`${issuer} ${serial}`}>
                  <th scope="row">
                    <Link href={addressOf("holders", { holder: holder.id })}>{name}</Link>
                    <small>
                      <code>{holder.id}</code>
                    </small>
                  </th>
                  <td>
                    {family ?? t("console.cards.unknownFamily")}
                    <small>
                      <DistinguishedName text={issuer} />
                    </small>
                    <small>
                      {t("console.cards.serial")} <code>{serial}</code>
                    </small>
                  </td>
                  <td>
                    <CardStandingBadge standing={standing} />
                    {standing !== "lost" && mayReport && (
                      <button
                        type="button"
                        onClick={() => setWanted({ act: "lost", card })}
                        aria-label={t("console.cards.lostOf", { name })}
                      >
                        {t("console.cards.lost")}
                      </button>
                    )}
                    {standing === "lost" && mayWithdraw && (
                      <button
                        type="button"
                        onClick={() => setWanted({ act: "found", card })}
                        aria-label={t("console.cards.foundOf", { name })}
                      >
                        {t("console.cards.found")}
                      </button>
                    )}
                  </td>
                  <td>
                    <Moment at={expiresAt} now={now} />
                  </td>
                  <td>
                    <Moment at={lastSeenAt} now={now} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {wanted !== undefined && (
        <LossReport
          holder={wanted.card.holder}
          act={wanted.act}
          onEnd={() => {
            setWanted(undefined);
            onChanged();
          }}
        />
      )}
    </>
  );
}
