import { Building2, CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { allMeans } from "../../../core/session/means.ts";
import {
  type ComplianceItem,
  type ComplianceState,
  complianceStates,
  type Evidence,
  frameworks,
} from "../../../protocol/broker/console/compliance.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { FilterLinks } from "../components/filter-links.tsx";
import { Link } from "../components/link.tsx";
import { PageHead } from "../components/page-head.tsx";
import { pageIds } from "../page-ids.ts";
import { addressOf } from "../use-address.ts";
import { useFilters } from "../use-filters.ts";

/** What frameworks ask, and how the settings in force answer it; what is not met is said so. */
export function CompliancePage() {
  const { t } = useTranslation();
  const { written, withFilter } = useFilters("compliance");
  const { asked, again } = useAsked(consoleRoutes.compliance, {});
  const state = complianceStates.find(known => known === written["state"]);
  return (
    <>
      <PageHead title={t("console.pages.compliance")} text={t("console.compliance.text")} onRefresh={again} />
      <AnswerOf asked={asked}>
        {({ items }) => {
          const shown = items.filter(item => state === undefined || item.state === state);
          const count = (one: ComplianceState) => items.filter(item => item.state === one).length;
          return (
            <>
              <FilterLinks
                label={t("console.compliance.filter")}
                chosen={state ?? ""}
                choices={[
                  {
                    value: "",
                    text: t("console.compliance.all", { count: items.length }),
                    href: withFilter({ state: "" }),
                  },
                  ...complianceStates.map(value => ({
                    value,
                    text: `${t(`console.compliance.states.${value}`)} ${count(value)}`,
                    href: withFilter({ state: value }),
                  })),
                ]}
              />
              {shown.length === 0 && <p className="empty">{t("console.compliance.noneSo")}</p>}
              {frameworks.map(framework => {
                const its = shown.filter(item => item.framework === framework);
                return its.length === 0 ? null : (
                  <section key={framework} aria-labelledby={framework}>
                    <h2 id={framework}>{t(`console.compliance.frameworks.${framework}`)}</h2>
                    <Items items={its} />
                  </section>
                );
              })}
            </>
          );
        }}
      </AnswerOf>
    </>
  );
}

function Items({ items }: { readonly items: readonly ComplianceItem[] }) {
  const { t } = useTranslation();
  const meansNames = (listed: string) =>
    allMeans
      .filter(means => listed.split(", ").includes(means))
      .map(means => t(`portal.means.${means}`))
      .join(", ");
  return (
    <div className="scroll">
      <table className="compliance">
        <thead>
          <tr>
            <th scope="col">{t("console.compliance.number")}</th>
            <th scope="col">{t("console.compliance.state")}</th>
            <th scope="col">{t("console.compliance.answer")}</th>
            <th scope="col">{t("console.compliance.read")}</th>
            <th scope="col">{t("console.compliance.evidence")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, number, state, facts, evidence }) => (
            <tr key={id}>
              <th scope="row">
                {number}
                <small>{t(`console.compliance.items.${id}.asks`)}</small>
              </th>
              <td>
                <StateBadge state={state} />
              </td>
              <td>{t(`console.compliance.items.${id}.how`)}</td>
              <td>
                <dl className="tally">
                  {facts.map(fact => (
                    <div key={fact.id}>
                      <dt>{t(`console.compliance.facts.${fact.id}`)}</dt>
                      <dd>{fact.id === "means" ? meansNames(fact.value) : fact.value}</dd>
                    </div>
                  ))}
                </dl>
              </td>
              <td>
                <ul className="plain">
                  {evidence.map(one => (
                    <li key={JSON.stringify(one)}>
                      <EvidenceOf evidence={one} />
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const icons = { met: CircleCheck, partly: CircleDashed, "not-met": CircleX, hospital: Building2 } as const;
const healths = { met: "good", partly: "late", "not-met": "aged", hospital: "none" } as const;

function StateBadge({ state }: { readonly state: ComplianceState }) {
  const { t } = useTranslation();
  const Icon = icons[state];
  return (
    <span className="badge" data-health={healths[state]}>
      <Icon aria-hidden size={16} /> {t(`console.compliance.states.${state}`)}
    </span>
  );
}

function EvidenceOf({ evidence }: { readonly evidence: Evidence }) {
  const { t } = useTranslation();
  switch (evidence.kind) {
    case "page": {
      const id = pageIds.find(known => known === evidence.page);
      return id === undefined ? evidence.page : <Link href={addressOf(id)}>{t(`console.pages.${id}`)}</Link>;
    }
    case "document":
      return <code>{evidence.path}</code>;
    case "command":
      return <code>{evidence.line}</code>;
    default:
      return evidence satisfies never;
  }
}
