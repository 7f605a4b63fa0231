import { ArrowRight, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AliasChange, type WantedAliasChange } from "./alias-change.tsx";
import { AnswerOf } from "./answer-of.tsx";
import { Moment } from "./moment.tsx";

/** Professionals whose number changed: both cards are the same holder's. */
export function HolderAliases({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useTranslation();
  const { asked, again } = useAsked(consoleRoutes.aliases, {});
  const [wanted, setWanted] = useState<WantedAliasChange>();
  const done = () => {
    setWanted(undefined);
    again();
  };
  return (
    <section aria-labelledby="aliases">
      <header className="section-head">
        <h2 id="aliases">{t("console.aliases.title")}</h2>
        {mayChange && (
          <button type="button" onClick={() => setWanted({ kind: "add" })}>
            <Plus aria-hidden size={18} /> {t("console.aliases.add")}
          </button>
        )}
      </header>
      <AnswerOf asked={asked}>
        {({ aliases, now }) =>
          aliases.length === 0 ? (
            <p className="empty">{t("console.aliases.empty")}</p>
          ) : (
            <div className="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t("console.aliases.identifier")}</th>
                    <th scope="col">{t("console.aliases.holder")}</th>
                    <th scope="col">{t("console.aliases.since")}</th>
                    {mayChange && <td />}
                  </tr>
                </thead>
                <tbody>
                  {aliases.map(({ identifier, holder, since }) => (
                    <tr key={identifier}>
                      <th scope="row">
                        <code>{identifier}</code>
                      </th>
                      <td>
                        <ArrowRight aria-hidden size={16} /> <code>{holder}</code>
                      </td>
                      <td>
                        <Moment at={since} now={now} />
                      </td>
                      {mayChange && (
                        <td>
                          <button
                            type="button"
                            onClick={() => setWanted({ kind: "remove", identifier, holder })}
                            aria-label={t("console.aliases.removeThis", { identifier })}
                          >
                            {t("console.aliases.remove")}
                          </button>
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </AnswerOf>
      {wanted !== undefined && <AliasChange wanted={wanted} onDone={done} onCancel={() => setWanted(undefined)} />}
    </section>
  );
}
