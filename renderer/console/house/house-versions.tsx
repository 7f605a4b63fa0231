import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { Moment } from "../components/moment.tsx";
import { Differences } from "./effects.tsx";
import { HouseChangeDialog } from "./house-change-dialog.tsx";

interface HouseVersionsProps {
  /** The version in force. */
  readonly version: number;
  readonly mayChange: boolean;
  readonly onDone: () => void;
}

/** Every version of what is kept in the console: who, when, why and what. An earlier one can be brought back. */
export function HouseVersions({ version, mayChange, onDone }: HouseVersionsProps) {
  const { t } = useTranslation();
  const { asked, again } = useAsked(consoleRoutes.houseHistory, {});
  const [wanted, setWanted] = useState<number>();
  const done = () => {
    setWanted(undefined);
    again();
    onDone();
  };
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">{t("console.house.versions")}</h2>
      <AnswerOf asked={asked}>
        {({ versions, now }) =>
          versions.length === 0 ? (
            <p className="empty">{t("console.house.noVersion")}</p>
          ) : (
            <div className="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t("console.house.version")}</th>
                    <th scope="col">{t("console.house.when")}</th>
                    <th scope="col">{t("console.house.what")}</th>
                    <th scope="col">{t("console.house.why")}</th>
                    {mayChange && <td />}
                  </tr>
                </thead>
                <tbody>
                  {versions.map(({ version: each, at, by, reason, differences }) => (
                    <tr key={each}>
                      <th scope="row">{each}</th>
                      <td>
                        <Moment at={at} now={now} />
                        <small>
                          <code>{by}</code>
                        </small>
                      </td>
                      <td>
                        <Differences differences={differences} />
                      </td>
                      <td>{reason}</td>
                      {mayChange && (
                        <td>
                          {each !== version && (
                            <button
                              type="button"
                              onClick={() => setWanted(each)}
                              aria-label={t("console.house.restoreThis", { version: each })}
                            >
                              <RotateCcw aria-hidden size={16} /> {t("console.house.restore")}
                            </button>
                          )}
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
      {wanted !== undefined && (
        <HouseChangeDialog
          title={t("console.house.restoreThis", { version: wanted })}
          change={{ act: "restore", version: wanted }}
          seen={version}
          onDone={done}
          onCancel={() => setWanted(undefined)}
        />
      )}
    </section>
  );
}
