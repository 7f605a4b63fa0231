import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PausesView } from "../../../protocol/broker/console/pauses.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { Moment } from "../components/moment.tsx";
import { PauseEnd, type Pausing } from "./pause-end.tsx";

const everyMs = 5_000;

/** Who has to wait before his next try; the helpdesk may end the wait. */
export function Pauses({ mayEnd }: { readonly mayEnd: boolean }) {
  const { t } = useTranslation();
  const [ending, setEnding] = useState<Pausing>();
  const { asked, again } = useAsked(consoleRoutes.pauses, {}, everyMs);
  return (
    <section aria-labelledby="pauses">
      <h2 id="pauses">{t("console.pauses.title")}</h2>
      <AnswerOf asked={asked}>{view => <List view={view} mayEnd={mayEnd} onWanted={setEnding} />}</AnswerOf>
      {ending !== undefined && (
        <PauseEnd
          {...ending}
          onEnd={() => {
            setEnding(undefined);
            again();
          }}
        />
      )}
    </section>
  );
}

interface ListProps {
  readonly view: PausesView;
  readonly mayEnd: boolean;
  readonly onWanted: (pausing: Pausing) => void;
}

function List({ view: { now, holders, workstations, otherNames }, mayEnd, onWanted }: ListProps) {
  const { t } = useTranslation();
  const all = [
    ...holders.map(({ id, displayName, until }) => ({ kind: "holder" as const, id, name: displayName, until })),
    ...workstations.map(({ id, name, until }) => ({ kind: "workstation" as const, id, name, until })),
  ];
  return (
    <>
      {all.length === 0 ? (
        <p className="empty">{t("console.pauses.none")}</p>
      ) : (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("console.pauses.who")}</th>
                <th scope="col">{t("console.pauses.until")}</th>
                {mayEnd && <th scope="col">{t("console.cards.acts")}</th>}
              </tr>
            </thead>
            <tbody>
              {all.map(({ until, ...pausing }) => (
                <tr key={pausing.id}>
                  <th scope="row">{pausing.name}</th>
                  <td>
                    <Moment at={until} now={now} />
                  </td>
                  {mayEnd && (
                    <td>
                      <button
                        type="button"
                        onClick={() => onWanted(pausing)}
                        aria-label={t("console.pauses.endOf", { name: pausing.name })}
                      >
                        {t("console.pauses.end")}
                      </button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {otherNames > 0 && <p className="quiet">{t("console.pauses.others", { count: otherNames })}</p>}
    </>
  );
}
