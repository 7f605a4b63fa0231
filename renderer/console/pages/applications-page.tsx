import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ApplicationView, HouseView } from "../../../protocol/broker/console/house-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { PageHead } from "../components/page-head.tsx";
import { EntryActs } from "../house/entry-acts.tsx";
import { EntryEditor } from "../house/entry-editor.tsx";
import type { EntryField } from "../house/entry-field.ts";
import { EntryRemoval } from "../house/entry-removal.tsx";
import { HouseVersions } from "../house/house-versions.tsx";
import { glassChoices, meansChoices } from "../house/known-choices.ts";
import { SetAside } from "../house/set-aside.tsx";
import { SourceBadge } from "../house/source-badge.tsx";
import { useHouseEdit } from "../house/use-house-edit.ts";
import type { PageProps } from "../pages.ts";

/** What a new application begins as. */
const begun = {
  id: "",
  name: "",
  icon: "app-window",
  initiateLoginUri: "https://",
  client: { clientId: "", redirectUris: ["https://"], backchannelLogoutUri: "https://" },
};

/** The applications that portals offer: which there are, who may open them, and how they sign in. */
export function ApplicationsPage({ roles }: PageProps) {
  const { t } = useTranslation();
  const { asked, again } = useAsked(consoleRoutes.house, {});
  const mayChange = roles.includes("applications");
  return (
    <>
      <PageHead title={t("console.pages.applications")} text={t("console.applications.text")} onRefresh={again} />
      <AnswerOf asked={asked}>
        {house => <Applications house={house} mayChange={mayChange} again={again} key={house.version} />}
      </AnswerOf>
    </>
  );
}

interface ApplicationsProps {
  readonly house: HouseView;
  readonly mayChange: boolean;
  readonly again: () => void;
}

function Applications({ house, mayChange, again }: ApplicationsProps) {
  const { t } = useTranslation();
  const { edited, setEdited, removal, setRemoval, end, done } = useHouseEdit(again);
  const kind = "application";
  const fields: readonly EntryField[] = [
    { path: ["id"], label: "id", as: "text" },
    { path: ["name"], label: "name", as: "text" },
    { path: ["icon"], label: "icon", as: "text" },
    { path: ["group"], label: "group", as: "text" },
    { path: ["initiateLoginUri"], label: "initiateLoginUri", as: "text" },
    { path: ["client", "clientId"], label: "clientId", as: "text" },
    { path: ["client", "redirectUris"], label: "redirectUris", as: "lines" },
    { path: ["client", "backchannelLogoutUri"], label: "backchannelLogoutUri", as: "text" },
    { path: ["professions"], label: "professions", as: "numbers" },
    { path: ["means"], label: "means", as: "several", choices: meansChoices(t) },
    { path: ["breakGlass"], label: "breakGlass", as: "choice", choices: glassChoices(t) },
  ];
  return (
    <>
      <SetAside setAside={house.setAside} />
      {edited !== undefined && (
        <EntryEditor
          key={edited.id ?? ""}
          edited={edited}
          title={
            edited.id === undefined ? t("console.applications.add") : t("console.house.titleOf", { name: edited.id })
          }
          fields={fields}
          seen={house.version}
          hasSecret={"client" in edited.entry}
          onDone={done}
          onCancel={end}
        />
      )}
      <section aria-labelledby="applications">
        <header className="section-head">
          <h2 id="applications">{t("console.applications.count", { count: house.applications.length })}</h2>
          {mayChange && (
            <button type="button" onClick={() => setEdited({ kind, entry: begun })}>
              <Plus aria-hidden size={18} /> {t("console.applications.add")}
            </button>
          )}
        </header>
        {house.applications.length === 0 ? (
          <p className="empty">{t("console.applications.empty")}</p>
        ) : (
          <div className="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("console.applications.application")}</th>
                  <th scope="col">{t("console.applications.group")}</th>
                  <th scope="col">{t("console.applications.signIn")}</th>
                  <th scope="col">{t("console.applications.decidedBy")}</th>
                  <th scope="col">{t("console.house.keptIn")}</th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {house.applications.map(application => (
                  <tr key={application.id}>
                    <th scope="row">
                      {application.name}
                      <small>
                        <code>{application.id}</code>
                      </small>
                    </th>
                    <td>{application.group}</td>
                    <td>
                      {t(`console.applications.signIns.${signInOf(application)}`)}
                      {application.startedAt.length > 0 && (
                        <small>
                          {t("console.applications.startsAt", { places: application.startedAt.join(", ") })}
                        </small>
                      )}
                    </td>
                    <td>
                      {application.policies.length === 0
                        ? t("console.applications.nobody")
                        : application.policies.map(policy => (
                            <small key={policy}>
                              <code>{policy}</code>
                            </small>
                          ))}
                    </td>
                    <td>
                      <SourceBadge source={application.source} />
                    </td>
                    <td>
                      <EntryActs
                        name={application.name}
                        source={application.source}
                        mayChange={mayChange}
                        onOpen={() =>
                          setEdited({
                            kind,
                            id: application.id,
                            entry: application.entry,
                            fixed: application.source === "file" || !mayChange,
                          })
                        }
                        onRemove={() => setRemoval({ kind, id: application.id })}
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

function signInOf({ entry }: ApplicationView): "oidc" | "saml" {
  return "saml" in entry ? "saml" : "oidc";
}
