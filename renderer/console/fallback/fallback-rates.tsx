import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type FallbackRates, rateDays } from "../../../protocol/broker/console/fallback-rates.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { FilterLinks } from "../components/filter-links.tsx";
import { Link } from "../components/link.tsx";
import { Moment } from "../components/moment.tsx";
import { useDetailText } from "../trail/use-detail-text.ts";
import { addressOf } from "../use-address.ts";
import { useFilters } from "../use-filters.ts";

const everyMs = 60_000;

/** How often people sign in without their card, where and who; and where names were tried out. */
export function FallbackRatesSection({ now }: { readonly now: number }) {
  const { t } = useTranslation();
  const { written, withFilter } = useFilters("fallback");
  const days = rateDays.find(known => known === written["days"]) ?? "30";
  const { asked } = useAsked(consoleRoutes.fallbackRates, { days }, everyMs);
  return (
    <section aria-labelledby="rates">
      <h2 id="rates">{t("console.rates.title")}</h2>
      <FilterLinks
        label={t("console.stopwatch.period")}
        chosen={days}
        choices={rateDays.map(value => ({
          value,
          text: t(`console.stopwatch.days.${value}`),
          href: withFilter({ days: value }),
        }))}
      />
      <AnswerOf asked={asked}>
        {rates => (
          <>
            <Places rates={rates} />
            <Persons rates={rates} now={now} />
            <Sprayed rates={rates} now={now} />
          </>
        )}
      </AnswerOf>
    </section>
  );
}

function Places({ rates: { places, limits } }: { readonly rates: FallbackRates }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  if (places.length === 0) return <p className="empty">{t("console.rates.none")}</p>;
  return (
    <>
      <p className="quiet">{t("console.rates.text", { ...limits })}</p>
      <div className="scroll">
        <table className="times">
          <thead>
            <tr>
              <th scope="col">{t("console.rates.place")}</th>
              <th scope="col">{t("console.rates.signIns")}</th>
              <th scope="col">{t("console.rates.byPassword")}</th>
              <th scope="col">{t("console.rates.byBreakGlass")}</th>
              <th scope="col">{t("console.rates.rate")}</th>
              <th scope="col">{t("console.stopwatch.spread")}</th>
            </tr>
          </thead>
          <tbody>
            {places.map(({ place, name, signIns, byPassword, byBreakGlass, rate, alarm }) => (
              <tr key={place}>
                <th scope="row">
                  {name} {alarm && <Alarm />}
                </th>
                <td className="number">{signIns}</td>
                <td className="number">{byPassword}</td>
                <td className="number">{byBreakGlass}</td>
                <td className="number">{number.format(rate)}</td>
                <td>
                  <Share rate={rate} limit={limits.perHundred} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** A picture of the number beside it: not read out. */
function Share({ rate, limit }: { readonly rate: number; readonly limit: number }) {
  return (
    <svg className="spread" viewBox="0 0 240 18" aria-hidden="true">
      <rect className="ground" x={0} y={7} width={240} height={4} rx={2} />
      <rect className="share" x={0} y={3} width={rate * 2.4} height={12} rx={3} />
      <line className="limit" x1={limit * 2.4} x2={limit * 2.4} y1={0} y2={18} />
    </svg>
  );
}

function Alarm() {
  const { t } = useTranslation();
  return (
    <span className="badge" data-health="aged">
      <TriangleAlert aria-hidden size={16} /> {t("console.rates.alarm")}
    </span>
  );
}

interface DatedProps {
  readonly rates: FallbackRates;
  readonly now: number;
}

function Persons({ rates: { persons, limits }, now }: DatedProps) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t("console.rates.persons")}</h3>
      {persons.length === 0 ? (
        <p className="empty">{t("console.rates.noPerson")}</p>
      ) : (
        <div className="scroll">
          <table>
            <caption>{t("console.rates.personsText", { ...limits })}</caption>
            <thead>
              <tr>
                <th scope="col">{t("console.rates.holder")}</th>
                <th scope="col">{t("console.rates.issued")}</th>
                <th scope="col">{t("console.rates.last")}</th>
              </tr>
            </thead>
            <tbody>
              {persons.map(({ holder, issued, lastAt, alarm }) => (
                <tr key={holder.id}>
                  <th scope="row">
                    <Link href={addressOf("holders", { holder: holder.id })}>{holder.displayName}</Link>{" "}
                    {alarm && <Alarm />}
                  </th>
                  <td className="number">{issued}</td>
                  <td>
                    <Moment at={lastAt} now={now} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Sprayed({ rates: { sprayed }, now }: DatedProps) {
  const { t } = useTranslation();
  const detailText = useDetailText();
  return (
    <>
      <h3>{t("console.rates.sprayed")}</h3>
      {sprayed.length === 0 ? (
        <p className="empty">{t("console.rates.noSprayed")}</p>
      ) : (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("console.rates.when")}</th>
                <th scope="col">{t("console.rates.where")}</th>
                <th scope="col">{t("console.rates.what")}</th>
              </tr>
            </thead>
            <tbody>
              {sprayed.map(({ at, workstationName, placeName, detail }) => (
                <tr key={at}>
                  <th scope="row">
                    <Moment at={at} now={now} />
                  </th>
                  <td>
                    {workstationName ?? "–"}
                    <small>{placeName}</small>
                  </td>
                  <td>{detailText(detail)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
