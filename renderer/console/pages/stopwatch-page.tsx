import { useTranslation } from "react-i18next";
import { isWatchedStage, watchedStages } from "../../../core/session/watched-stages.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { type StopwatchView, stopwatchDays } from "../../../protocol/broker/console/stopwatch.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { ChoiceField } from "../components/choice-field.tsx";
import { FilterLinks } from "../components/filter-links.tsx";
import { PageHead } from "../components/page-head.tsx";
import { HoursChart } from "../stopwatch/hours-chart.tsx";
import { TimesTable } from "../stopwatch/times-table.tsx";
import { useFilters } from "../use-filters.ts";

const everyMs = 30_000;

/** How long people wait: by stage, place, day and workstation. */
export function StopwatchPage() {
  const { t } = useTranslation();
  const { written, withFilter, change } = useFilters("stopwatch");
  const days = stopwatchDays.find(known => known === written["days"]) ?? "7";
  const stage = isWatchedStage(written["stage"] ?? "") ? (written["stage"] as Stage) : "insertion-to-portal";
  const place = written["place"];
  const { asked, again } = useAsked(
    consoleRoutes.stopwatch,
    { days, stage, ...(place === undefined ? {} : { place }) },
    everyMs,
  );
  const places = asked.state === "answered" ? asked.answer.places : [];
  return (
    <>
      <PageHead title={t("console.pages.stopwatch")} text={t("console.stopwatch.text")} onRefresh={again} />
      <section aria-label={t("console.stopwatch.filters")}>
        <FilterLinks
          label={t("console.stopwatch.period")}
          chosen={days}
          choices={stopwatchDays.map(value => ({
            value,
            text: t(`console.stopwatch.days.${value}`),
            href: withFilter({ days: value }),
          }))}
        />
        <div className="fields">
          <ChoiceField
            label={t("console.stopwatch.place")}
            value={place ?? ""}
            none={t("console.stopwatch.everywhere")}
            choices={places.map(({ id, name }) => ({ value: id, text: name }))}
            onChange={value => change({ place: value })}
          />
          <ChoiceField
            label={t("console.stopwatch.stage")}
            value={stage}
            choices={watchedStages.map(value => ({ value, text: t(`console.stopwatch.stages.${value}`) }))}
            onChange={value => change({ stage: value })}
          />
        </div>
      </section>
      <AnswerOf asked={asked}>{view => <Times view={view} stage={stage} days={Number(days)} />}</AnswerOf>
    </>
  );
}

type Stage = (typeof watchedStages)[number];

interface TimesProps {
  readonly view: StopwatchView;
  readonly stage: Stage;
  readonly days: number;
}

function Times({ view, stage, days }: TimesProps) {
  const { t } = useTranslation();
  const { stages, byPlace, byDay, byHour, slowest, limitMs, keepDays, workstationDays } = view;
  const isWhole = stage === "insertion-to-portal" || stage === "insertion-to-resumed";
  const limit = isWhole ? limitMs : undefined;
  if (stages.length === 0) return <p className="empty">{t("console.stopwatch.none")}</p>;
  return (
    <>
      {isWhole && <Alarms view={view} />}
      <section aria-labelledby="by-stage">
        <h2 id="by-stage">{t("console.stopwatch.byStage")}</h2>
        <TimesTable
          head={t("console.stopwatch.stage")}
          rows={stages.map(one => ({ key: one.stage, name: t(`console.stopwatch.stages.${one.stage}`), ...one }))}
        />
        <p className="quiet">
          {t("console.stopwatch.legend")} {t("console.stopwatch.kept", { days: keepDays })}
        </p>
      </section>
      <section aria-labelledby="by-place">
        <h2 id="by-place">
          {t("console.stopwatch.byPlace")} – {t(`console.stopwatch.stages.${stage}`)}
        </h2>
        <TimesTable
          head={t("console.stopwatch.place")}
          rows={byPlace.map(one => ({ key: one.place, ...one }))}
          limitMs={limit}
        />
      </section>
      {days > 1 && (
        <section aria-labelledby="by-day">
          <h2 id="by-day">
            {t("console.stopwatch.byDay")} – {t(`console.stopwatch.stages.${stage}`)}
          </h2>
          <TimesTable
            head={t("console.stopwatch.day")}
            rows={byDay.map(one => ({ key: one.day, name: one.day, ...one }))}
            limitMs={limit}
          />
        </section>
      )}
      <section aria-labelledby="by-hour">
        <h2 id="by-hour">{t("console.stopwatch.byHour")}</h2>
        <HoursChart byHour={byHour} />
      </section>
      <section aria-labelledby="slowest">
        <h2 id="slowest">{t("console.stopwatch.slowest")}</h2>
        <p className="quiet">{t("console.stopwatch.slowestText", { days: workstationDays })}</p>
        {slowest.length === 0 ? (
          <p className="empty">{t("console.stopwatch.noSlowest")}</p>
        ) : (
          <TimesTable
            head={t("console.live.workstation")}
            rows={slowest.map(({ id, placeName, ...one }) => ({ key: id, more: placeName, ...one }))}
            limitMs={limitMs}
          />
        )}
      </section>
    </>
  );
}

function Alarms({ view: { byPlace, limitMs } }: { readonly view: StopwatchView }) {
  const { t } = useTranslation();
  const slow = byPlace.filter(({ alarm }) => alarm);
  const limit = limitMs / 1000;
  return slow.length === 0 ? (
    <p className="notice">{t("console.stopwatch.noAlarm", { limit })}</p>
  ) : (
    <p className="notice" data-tone="bad" role="alert">
      <strong>{t("console.stopwatch.alarms", { count: slow.length, limit })}</strong>{" "}
      {slow.map(({ name }) => name).join(", ")}
    </p>
  );
}
