import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { Link } from "../components/link.tsx";
import { addressOf, goTo } from "../use-address.ts";

const mostShown = 8;

/** Who calls: the directory's persons whose names begin as what is typed. */
export function HolderSearch({ search }: { readonly search: string }) {
  const { t } = useTranslation();
  return (
    <>
      <label className="search-field">
        <Search aria-hidden size={18} />
        <input
          type="search"
          value={search}
          maxLength={100}
          onChange={event => goTo(addressOf("fallback", { search: event.target.value }), true)}
          placeholder={t("console.fallback.search")}
          aria-label={t("console.fallback.search")}
        />
      </label>
      {search.trim().length > 1 && <Found search={search} />}
    </>
  );
}

function Found({ search }: { readonly search: string }) {
  const { t } = useTranslation();
  const { asked } = useAsked(consoleRoutes.persons, { search });
  return (
    <AnswerOf asked={asked}>
      {({ persons }) => {
        const holders = persons.flatMap(({ holder, ...person }) =>
          holder === undefined ? [] : [{ ...person, holder }],
        );
        if (holders.length === 0) return <p className="empty">{t("console.holders.none")}</p>;
        return (
          <ul className="found">
            {holders.slice(0, mostShown).map(({ source, key, displayName, holder, account }) => (
              <li key={`${source} ${key}`}>
                <Link href={addressOf("fallback", { holder })}>{displayName}</Link> <code>{holder}</code>{" "}
                <small>{account}</small>
              </li>
            ))}
          </ul>
        );
      }}
    </AnswerOf>
  );
}
