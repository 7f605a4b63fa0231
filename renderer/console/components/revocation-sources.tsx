import { useTranslation } from "react-i18next";
import { type SourceView, sourceHealths } from "../../../protocol/broker/console/trust-view.ts";
import { HealthBadge } from "./health-badge.tsx";
import { Moment } from "./moment.tsx";

interface RevocationSourcesProps {
  readonly sources: readonly SourceView[];
  /** Before the filter. */
  readonly all: number;
  readonly now: number;
}

/** Every source with the age of its data, those in need of care first; what troubles it stands below it. */
export function RevocationSources({ sources, all, now }: RevocationSourcesProps) {
  const { t } = useTranslation();
  if (sources.length === 0)
    return <p className="empty">{t(all === 0 ? "console.trust.noSource" : "console.trust.noneSo")}</p>;
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("console.trust.state")}</th>
            <th scope="col">{t("console.trust.source")}</th>
            <th scope="col">{t("console.trust.made")}</th>
            <th scope="col">{t("console.trust.goodUntil")}</th>
            <th scope="col">{t("console.trust.answered")}</th>
          </tr>
        </thead>
        <tbody>
          {sources.toSorted(worstFirst).map(source => (
            <SourceRow key={source.address} source={source} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function worstFirst(a: SourceView, b: SourceView): number {
  return sourceHealths.indexOf(b.health) - sourceHealths.indexOf(a.health) || a.address.localeCompare(b.address);
}

function SourceRow({ source, now }: { readonly source: SourceView; readonly now: number }) {
  const { t } = useTranslation();
  const { address, domains, origin, health, data, answeredAt, nextFetchAt, trouble } = source;
  return (
    <tr data-health={health}>
      <td>
        <HealthBadge health={health} />
      </td>
      <th scope="row">
        <code title={address}>{shortened(address)}</code>
        <small>
          {domains.join(", ")} · {t(`console.trust.origin.${origin}`)}
          {data !== undefined && ` · ${t("console.trust.size", { kib: Math.max(1, Math.round(data.bytes / 1024)) })}`}
          {data?.isDelta === true && ` · ${t("console.trust.delta")}`}
        </small>
        {trouble !== undefined && (
          <small className="trouble-text">
            {t(`console.trust.trouble.${trouble.code}`, { count: trouble.failures })}{" "}
            <Moment at={trouble.since} now={now} /> <q>{trouble.detail}</q>
          </small>
        )}
      </th>
      {data === undefined ? (
        <td colSpan={2}>{t("console.trust.noData")}</td>
      ) : (
        <>
          <td>
            <Moment at={data.thisUpdate} now={now} />
          </td>
          <td>
            <Moment at={data.nextUpdate} now={now} />
            <AgeBar from={data.thisUpdate} to={data.nextUpdate} now={now} />
          </td>
        </>
      )}
      <td>
        {answeredAt === undefined ? t("console.never") : <Moment at={answeredAt} now={now} />}
        <small>
          {t("console.trust.next")} <Moment at={Math.max(nextFetchAt, now)} now={now} />
        </small>
      </td>
    </tr>
  );
}

/** How much of its time has gone; words stand beside it. */
function AgeBar({ from, to, now }: { readonly from: number; readonly to: number; readonly now: number }) {
  const gone = Math.min(1, Math.max(0.02, (now - from) / Math.max(1, to - from)));
  return (
    <svg className="age" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect className="whole" width="100" height="4" rx="2" />
      <rect className="gone" width={100 * gone} height="4" rx="2" />
    </svg>
  );
}

/** Files by the end of their path; the whole address is on hover. */
function shortened(address: string): string {
  if (!address.startsWith("file:")) return address;
  return `file:…/${decodeURIComponent(address.split("/").slice(-2).join("/"))}`;
}
