import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { cardStandings } from "../../../protocol/broker/console/cards.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { CardsTable } from "../components/cards-table.tsx";
import { FilterLinks } from "../components/filter-links.tsx";
import { PageHead } from "../components/page-head.tsx";
import { useBrokerNow } from "../components/use-broker-now.ts";
import type { PageProps } from "../pages.ts";
import { useFilters } from "../use-filters.ts";

/** Cards that have signed somebody in: until when each is good, and which are lost. */
export function CardsPage({ roles }: PageProps) {
  const { t } = useTranslation();
  const { written, withFilter, change } = useFilters("cards");
  const { search = "" } = written;
  const standing = cardStandings.find(known => known === written["standing"]);
  const { asked, again } = useAsked(consoleRoutes.cards, {
    ...(search === "" ? {} : { search }),
    ...(standing === undefined ? {} : { standing }),
  });
  const answer = asked.state === "answered" ? asked : undefined;
  const now = useBrokerNow(answer?.answer.now ?? 0, answer?.receivedAt ?? 0);
  return (
    <>
      <PageHead title={t("console.pages.cards")} text={t("console.cards.text")} onRefresh={again}>
        <label className="search-field">
          <Search aria-hidden size={18} />
          <input
            type="search"
            value={search}
            maxLength={60}
            onChange={event => change({ search: event.target.value })}
            placeholder={t("console.cards.search")}
            aria-label={t("console.cards.search")}
          />
        </label>
      </PageHead>
      <section aria-label={t("console.pages.cards")}>
        <AnswerOf asked={asked}>
          {({ cards, count, counts }) => (
            <>
              <FilterLinks
                label={t("console.cards.filter")}
                chosen={standing ?? ""}
                choices={[
                  {
                    value: "",
                    text: t("console.cards.all", { count: Object.values(counts).reduce((sum, one) => sum + one, 0) }),
                    href: withFilter({ standing: "" }),
                  },
                  ...cardStandings.map(value => ({
                    value,
                    text: `${t(`console.cards.standings.${value}`)} ${counts[value]}`,
                    href: withFilter({ standing: value }),
                  })),
                ]}
              />
              {cards.length === 0 ? (
                <p className="empty">{t("console.cards.none")}</p>
              ) : (
                <CardsTable
                  cards={cards}
                  now={now}
                  mayReport={roles.includes("helpdesk") || roles.includes("trust")}
                  mayWithdraw={roles.includes("trust")}
                  onChanged={again}
                />
              )}
              {count > cards.length && (
                <p className="quiet">{t("console.cards.first", { shown: cards.length, all: count })}</p>
              )}
            </>
          )}
        </AnswerOf>
      </section>
    </>
  );
}
