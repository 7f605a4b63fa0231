import { useTranslation } from "react-i18next";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { addressOf } from "../use-address.ts";
import { AnswerOf } from "./answer-of.tsx";
import { Link } from "./link.tsx";
import { StandingBadge } from "./standing-badge.tsx";

/** Holders whose entries do not fit together. Nothing is merged: somebody has to correct a source. */
export function DirectoryConflicts() {
  const { t } = useTranslation();
  const { asked } = useAsked(consoleRoutes.directoryConflicts, {});
  return (
    <section aria-labelledby="conflicts">
      <h2 id="conflicts">{t("console.directory.conflicts")}</h2>
      <AnswerOf asked={asked}>
        {({ conflicts, more }) =>
          conflicts.length === 0 ? (
            <p className="empty">{t("console.directory.noConflict")}</p>
          ) : (
            <div className="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t("console.directory.holder")}</th>
                    <th scope="col">{t("console.directory.conflict")}</th>
                    <th scope="col">{t("console.directory.says")}</th>
                  </tr>
                </thead>
                <tbody>
                  {conflicts.map(({ holder, kinds, entries }) => (
                    <tr key={holder}>
                      <th scope="row">
                        <Link href={addressOf("holders", { holder })}>
                          <code>{holder}</code>
                        </Link>
                      </th>
                      <td>{kinds.map(kind => t(`console.directory.conflictKinds.${kind}`)).join(", ")}</td>
                      <td>
                        <ul className="plain">
                          {entries.map(({ source, key, displayName, standing }) => (
                            <li key={`${source} ${key}`}>
                              {source}: {displayName} <StandingBadge standing={standing} />
                            </li>
                          ))}
                        </ul>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {more && <p className="quiet">{t("console.directory.moreConflicts", { count: conflicts.length })}</p>}
            </div>
          )
        }
      </AnswerOf>
    </section>
  );
}
