import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import type { TrailView } from "../../../protocol/broker/console/trail-view.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { Link } from "../components/link.tsx";
import { Moment } from "../components/moment.tsx";
import { PageHead } from "../components/page-head.tsx";
import { TrailExport } from "../components/trail-export.tsx";
import { TrailFilters } from "../components/trail-filters.tsx";
import { TrailRecords } from "../components/trail-records.tsx";
import { useBrokerNow } from "../components/use-broker-now.ts";
import { readFilters } from "../trail/trail-filters.ts";
import { addressOf, useAddress } from "../use-address.ts";

/** The trail, for an auditor: searched by filters that stand in the address. */
export function TrailPage() {
  const { t } = useTranslation();
  const written = Object.fromEntries(useAddress().filters);
  const { asked, again } = useAsked(consoleRoutes.trail, readFilters(written));
  return (
    <>
      <PageHead title={t("console.pages.trail")} text={t("console.trail.text")} onRefresh={again} />
      <section aria-label={t("console.trail.filters")}>
        <TrailFilters key={JSON.stringify(written)} written={written} />
      </section>
      <AnswerOf asked={asked}>
        {(trail, receivedAt) => <Found trail={trail} receivedAt={receivedAt} written={written} />}
      </AnswerOf>
    </>
  );
}

interface FoundProps {
  readonly trail: TrailView;
  readonly receivedAt: number;
  readonly written: Readonly<Record<string, string>>;
}

function Found({ trail, receivedAt, written }: FoundProps) {
  const { t } = useTranslation();
  const now = useBrokerNow(trail.now, receivedAt);
  const { before, ...filters } = written;
  return (
    <>
      {trail.contradicted !== undefined && (
        <p className="notice" data-tone="bad" role="alert">
          <TriangleAlert aria-hidden size={18} /> <strong>{t("console.trail.contradicted")}</strong>{" "}
          <Moment at={trail.contradicted.at} now={now} />.{" "}
          {t("console.trail.contradictedText", { sequence: trail.contradicted.sequence })}
        </p>
      )}
      <dl className="figures">
        <div>
          <dt>{t("console.trail.records")}</dt>
          <dd>{trail.count}</dd>
        </div>
        <div>
          <dt>{t("console.trail.sealed")}</dt>
          <dd>{trail.sealed}</dd>
        </div>
      </dl>
      <section aria-labelledby="found">
        <h2 id="found">{t("console.trail.found")}</h2>
        {trail.records.length === 0 ? (
          <p className="empty">{t("console.trail.none")}</p>
        ) : (
          <TrailRecords records={trail.records} sealed={trail.sealed} now={now} />
        )}
        <p className="choices">
          {before !== undefined && <Link href={addressOf("trail", filters)}>{t("console.trail.newest")}</Link>}
          {trail.next !== undefined && (
            <Link href={addressOf("trail", { ...filters, before: String(trail.next) })}>
              {t("console.trail.older")}
            </Link>
          )}
        </p>
      </section>
      <TrailExport filters={readFilters(filters)} />
    </>
  );
}
