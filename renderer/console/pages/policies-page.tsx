import { Plus, Route } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HouseView, PolicyTextView } from "../../../protocol/broker/console/house-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { Link } from "../components/link.tsx";
import { PageHead } from "../components/page-head.tsx";
import { EntryActs } from "../house/entry-acts.tsx";
import { EntryRemoval } from "../house/entry-removal.tsx";
import { Faults } from "../house/faults.tsx";
import { HouseVersions } from "../house/house-versions.tsx";
import { PolicyTextEditor } from "../house/policy-text-editor.tsx";
import { SetAside } from "../house/set-aside.tsx";
import { SourceBadge } from "../house/source-badge.tsx";
import { type Removal, useHouseEdit } from "../house/use-house-edit.ts";
import type { PageProps } from "../pages.ts";
import { addressOf } from "../use-address.ts";

/** The texts that decide who may open what: a folder's, and those that are kept here. */
export function PoliciesPage({ roles }: PageProps) {
  const { t } = useTranslation();
  const { asked, again } = useAsked(consoleRoutes.house, {});
  const mayChange = roles.includes("applications");
  return (
    <>
      <PageHead title={t("console.pages.policies")} text={t("console.policies.text")} onRefresh={again}>
        <Link className="as-button" href={addressOf("explain")}>
          <Route aria-hidden size={18} /> {t("console.pages.explain")}
        </Link>
      </PageHead>
      <AnswerOf asked={asked}>
        {house => <Policies house={house} mayChange={mayChange} again={again} key={house.version} />}
      </AnswerOf>
    </>
  );
}

interface PoliciesProps {
  readonly house: HouseView;
  readonly mayChange: boolean;
  readonly again: () => void;
}

function Policies({ house, mayChange, again }: PoliciesProps) {
  const { t } = useTranslation();
  const { removal, setRemoval, end, done } = useHouseEdit(again);
  const [opened, setOpened] = useState<PolicyTextView | "new">();
  const removalOf = ({ id }: PolicyTextView): Removal => ({ kind: "policies", id });
  return (
    <>
      <SetAside setAside={house.setAside} />
      {house.policyFaults.length > 0 && (
        <>
          <p>{t("console.policies.refused")}</p>
          <Faults faults={house.policyFaults} />
        </>
      )}
      {opened !== undefined && (
        <PolicyTextEditor
          key={opened === "new" ? "" : opened.id}
          opened={opened}
          mayChange={mayChange}
          seen={house.version}
          onDone={done}
          onCancel={() => setOpened(undefined)}
        />
      )}
      <section aria-labelledby="texts">
        <header className="section-head">
          <h2 id="texts">{t("console.policies.inForce", { version: house.policyVersion.slice(0, 12) })}</h2>
          {mayChange && (
            <button type="button" onClick={() => setOpened("new")}>
              <Plus aria-hidden size={18} /> {t("console.policies.add")}
            </button>
          )}
        </header>
        {house.policyTexts.length === 0 ? (
          <p className="empty">{t("console.policies.empty")}</p>
        ) : (
          <div className="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("console.policies.name")}</th>
                  <th scope="col">{t("console.policies.policies")}</th>
                  <th scope="col">{t("console.house.keptIn")}</th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {house.policyTexts.map(text => (
                  <tr key={`${text.source} ${text.id}`}>
                    <th scope="row">{text.id}</th>
                    <td>
                      {text.policies.map(policy => (
                        <small key={policy}>
                          <code>{policy}</code>
                        </small>
                      ))}
                    </td>
                    <td>
                      <SourceBadge source={text.source} />
                    </td>
                    <td>
                      <EntryActs
                        name={text.id}
                        source={text.source}
                        mayChange={mayChange}
                        onOpen={() => setOpened(text)}
                        onRemove={() => setRemoval(removalOf(text))}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <HouseVersions version={house.version} mayChange={mayChange} onDone={done} />
      <EntryRemoval removal={removal} seen={house.version} onDone={done} onCancel={end} />
    </>
  );
}
