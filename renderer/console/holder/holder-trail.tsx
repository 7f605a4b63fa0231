import { useState } from "react";
import { useTranslation } from "react-i18next";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { Link } from "../components/link.tsx";
import { TrailRecords } from "../components/trail-records.tsx";
import { addressOf } from "../use-address.ts";

const most = 10;

/** What the trail has of a holder, shown when it is asked for: that somebody looked is recorded. */
export function HolderTrail({ holder }: { readonly holder: string }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <section aria-labelledby="holder-trail">
      <h2 id="holder-trail">{t("console.holderMore.trail")}</h2>
      {shown ? (
        <Latest holder={holder} />
      ) : (
        <p className="facts">
          <button type="button" onClick={() => setShown(true)}>
            {t("console.holderMore.showTrail")}
          </button>
          <span className="quiet">{t("console.holderMore.trailRecorded")}</span>
        </p>
      )}
      <p className="facts">
        <Link href={addressOf("trail", { holder })}>{t("console.holderMore.wholeTrail")}</Link>
        <Link href={addressOf("reports", { kind: "person", subject: holder })}>
          {t("console.holderMore.makeReport")}
        </Link>
      </p>
    </section>
  );
}

function Latest({ holder }: { readonly holder: string }) {
  const { t } = useTranslation();
  const { asked } = useAsked(consoleRoutes.trail, { holder });
  return (
    <AnswerOf asked={asked}>
      {({ records, sealed, now }) =>
        records.length === 0 ? (
          <p className="empty">{t("console.holderMore.noTrail")}</p>
        ) : (
          <TrailRecords records={records.slice(0, most)} sealed={sealed} now={now} />
        )
      }
    </AnswerOf>
  );
}
