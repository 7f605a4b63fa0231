import { Search, UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PersonsView } from "../../../protocol/broker/console/directory-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { Holder } from "../components/holder.tsx";
import { Link } from "../components/link.tsx";
import { PageHead } from "../components/page-head.tsx";
import { PersonKeeping } from "../components/person-keeping.tsx";
import { StandingBadge } from "../components/standing-badge.tsx";
import type { PageProps } from "../pages.ts";
import { addressOf, goTo, useAddress } from "../use-address.ts";

/** Persons of the directory, a page at a time; one holder where the address names him. */
export function HoldersPage({ roles }: PageProps) {
  const holder = useAddress().filters.get("holder");
  const mayChange = roles.includes("directory");
  return holder === null ? <Persons mayChange={mayChange} /> : <Holder identifier={holder} roles={roles} />;
}

function Persons({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const { filters } = useAddress();
  const search = filters.get("search") ?? "";
  const after = filters.get("after") ?? undefined;
  const question = { search, ...(after === undefined ? {} : { after }) };
  const { asked, again } = useAsked(consoleRoutes.persons, question);
  return (
    <>
      <PageHead title={t("console.pages.holders")} text={t("console.holders.text")} onRefresh={again}>
        <label className="search-field">
          <Search aria-hidden size={18} />
          <input
            type="search"
            value={search}
            maxLength={100}
            onChange={event => goTo(addressOf("holders", { search: event.target.value }), true)}
            placeholder={t("console.holders.search")}
            aria-label={t("console.holders.search")}
          />
        </label>
        {mayChange && (
          <button type="button" onClick={() => setAdding(true)}>
            <UserPlus aria-hidden size={18} /> {t("console.keeping.add")}
          </button>
        )}
      </PageHead>
      <section aria-label={t("console.pages.holders")}>
        <AnswerOf asked={asked}>
          {({ persons, next }) => (
            <>
              {persons.length === 0 ? (
                <p className="empty">{t("console.holders.none")}</p>
              ) : (
                <PersonTable persons={persons} />
              )}
              <nav className="filters" aria-label={t("console.holders.next")}>
                {after !== undefined && (
                  <Link href={addressOf("holders", { search })}>{t("console.holders.first")}</Link>
                )}
                {next !== undefined && (
                  <Link href={addressOf("holders", { search, after: next })}>{t("console.holders.next")}</Link>
                )}
              </nav>
            </>
          )}
        </AnswerOf>
      </section>
      {adding && (
        <PersonKeeping
          onDone={added => goTo(addressOf("holders", { holder: added }))}
          onCancel={() => setAdding(false)}
        />
      )}
    </>
  );
}

function PersonTable({ persons }: Pick<PersonsView, "persons">) {
  const { t } = useTranslation();
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("console.holders.name")}</th>
            <th scope="col">{t("console.holders.identifier")}</th>
            <th scope="col">{t("console.holders.account")}</th>
            <th scope="col">{t("console.holders.source")}</th>
            <th scope="col">{t("console.holders.standing")}</th>
          </tr>
        </thead>
        <tbody>
          {persons.map(({ source, key, displayName, holder, account, mail, standing }) => (
            <tr key={`${source} ${key}`}>
              <th scope="row">
                {holder === undefined ? (
                  displayName
                ) : (
                  <Link href={addressOf("holders", { holder })}>{displayName}</Link>
                )}
              </th>
              <td>{holder === undefined ? t("console.holders.noCard") : <code>{holder}</code>}</td>
              <td>
                {account}
                <small>{mail}</small>
              </td>
              <td>{source}</td>
              <td>
                <StandingBadge standing={standing} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
