import { Download, Printer } from "lucide-react";
import { useTranslation } from "react-i18next";
import { allMeans } from "../../../core/session/means.ts";
import { isTrailAct } from "../../../core/trail/trail-record.ts";
import type { Report } from "../../../protocol/broker/console/reports.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ScrollRegion } from "../components/scroll-region.tsx";
import { saveFile } from "../trail/save-file.ts";
import { useDetailText } from "../trail/use-detail-text.ts";
import { today } from "./days.ts";

/** A report as it is read, printed, and taken away. */
export function ReportShown({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { kind, subject, from, to, madeAt, madeBy, reason, recordedAs, more, records, csv } = report;
  const day = (at: number) => new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(at);
  const moment = (at: number) =>
    new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "medium" }).format(at);
  return (
    <section aria-labelledby="report" className="report">
      <div className="section-head">
        <h2 id="report">{t(`console.reports.kinds.${kind}`)}</h2>
        <div className="row-acts not-printed">
          <button type="button" onClick={() => window.print()}>
            <Printer aria-hidden size={18} /> {t("console.reports.print")}
          </button>
          <button
            type="button"
            onClick={() => saveFile(`wardkey-${kind}-${today(new Date(madeAt))}.csv`, "text/csv", csv)}
          >
            <Download aria-hidden size={18} /> {t("console.reports.csv")}
          </button>
        </div>
      </div>
      <dl className="pairs">
        {subject !== undefined && <Pair name={t("console.reports.about")} value={subject} />}
        <Pair
          name={t("console.reports.period")}
          value={t("console.reports.periodOf", { from: day(from), to: day(to) })}
        />
        <Pair
          name={t("console.reports.madeBy")}
          value={`${madeBy}, ${t("console.reports.madeAt", { at: moment(madeAt) })}`}
        />
        <Pair name={t("console.reports.reason")} value={reason} />
        <Pair name={t("console.reports.recordedAs")} value={String(recordedAs)} />
      </dl>
      {more && <p className="notice">{t("console.reports.more")}</p>}
      {records.length === 0 ? <p className="empty">{t("console.reports.none")}</p> : <Content report={report} />}
    </section>
  );
}

function Pair({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Content({ report: { acts, applications, means, workstations, records } }: { readonly report: Report }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const moment = (at: number) =>
    new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "medium" }).format(at);
  const detailText = useDetailText();
  const actName = (act: string) => (isTrailAct(act) ? t(`console.trail.acts.${act}`) : act);
  const meansName = (key: string) => {
    const known = allMeans.find(one => one === key);
    return known === undefined ? key : t(`portal.means.${known}`);
  };
  return (
    <>
      <div className="counts">
        <Counts title={t("console.reports.acts")} counts={acts} nameOf={actName} />
        <Counts title={t("console.reports.applications")} counts={applications} />
        <Counts title={t("console.reports.means")} counts={means} nameOf={meansName} />
        <Counts title={t("console.reports.workstations")} counts={workstations} />
      </div>
      <h3>{t("console.reports.records", { count: records.length })}</h3>
      <ScrollRegion label={t("console.trail.found")}>
        <table className="trail">
          <thead>
            <tr>
              <th scope="col">{t("console.trail.number")}</th>
              <th scope="col">{t("console.trail.when")}</th>
              <th scope="col">{t("console.trail.what")}</th>
              <th scope="col">{t("console.trail.who")}</th>
              <th scope="col">{t("console.trail.where")}</th>
            </tr>
          </thead>
          <tbody>
            {records.map(record => (
              <tr key={record.sequence}>
                <th scope="row">{record.sequence}</th>
                <td>{moment(record.at)}</td>
                <td>
                  {actName(record.act)}
                  <small>
                    {[record.application, record.code, record.policy, detailText(record.detail)]
                      .filter(Boolean)
                      .join(" · ")}
                  </small>
                </td>
                <td>
                  {record.holder}
                  {record.by !== undefined && <small>{t("console.trail.by", { by: record.by })}</small>}
                  {record.means !== undefined && <small>{meansName(record.means)}</small>}
                </td>
                <td>
                  {record.workstationName ?? record.workstation ?? t("console.trail.system")}
                  <small>{record.place}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}

interface CountsProps {
  readonly title: string;
  readonly counts: readonly { readonly key: string; readonly count: number }[];
  readonly nameOf?: (key: string) => string;
}

function Counts({ title, counts, nameOf = key => key }: CountsProps) {
  if (counts.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <dl className="tally">
        {counts.map(({ key, count }) => (
          <div key={key}>
            <dt>{nameOf(key)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
