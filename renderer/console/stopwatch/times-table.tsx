import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { TimesView } from "../../../protocol/broker/console/stopwatch.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ScrollRegion } from "../components/scroll-region.tsx";
import { durationText } from "./duration.ts";
import { Spread } from "./spread.tsx";

export interface TimesRow extends TimesView {
  readonly key: string;
  readonly name: string;
  readonly more?: string;
  readonly alarm?: boolean;
}

interface TimesTableProps {
  /** What the rows are. */
  readonly head: string;
  readonly rows: readonly TimesRow[];
  readonly limitMs?: number | undefined;
}

/** Times by whatever the rows are, with their spread drawn on one scale. */
export function TimesTable({ head, rows, limitMs }: TimesTableProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const counts = new Intl.NumberFormat(language);
  const mostMs = Math.max(...rows.map(({ p99 }) => p99), limitMs ?? 0);
  return (
    <ScrollRegion label={head}>
      <table className="times">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{t("console.stopwatch.count")}</th>
            <th scope="col">{t("console.stopwatch.p50")}</th>
            <th scope="col">{t("console.stopwatch.p95")}</th>
            <th scope="col">{t("console.stopwatch.p99")}</th>
            <th scope="col">{t("console.stopwatch.spread")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, more, alarm, ...times }) => (
            <tr key={key} data-alarm={alarm === true ? "true" : undefined}>
              <th scope="row">
                {name}
                {more !== undefined && <small>{more}</small>}
                {alarm === true && (
                  <span className="badge" data-health="aged">
                    <TriangleAlert aria-hidden size={16} /> {t("console.stopwatch.above")}
                  </span>
                )}
              </th>
              <td className="number">{counts.format(times.count)}</td>
              <td className="number">{durationText(times.p50, t, language)}</td>
              <td className="number">{durationText(times.p95, t, language)}</td>
              <td className="number">{durationText(times.p99, t, language)}</td>
              <td>
                <Spread times={times} mostMs={mostMs} limitMs={limitMs} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
