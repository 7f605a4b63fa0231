import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HouseView, PlaceView } from "../../../protocol/broker/console/house-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { Link } from "../components/link.tsx";
import { PageHead } from "../components/page-head.tsx";
import { PlacedWorkstations } from "../components/placed-workstations.tsx";
import { ReasonedAct } from "../components/reasoned-act.tsx";
import { ShownOnce } from "../components/shown-once.tsx";
import { EntryActs } from "../house/entry-acts.tsx";
import { EntryEditor } from "../house/entry-editor.tsx";
import type { EntryField } from "../house/entry-field.ts";
import { EntryRemoval } from "../house/entry-removal.tsx";
import { HouseVersions } from "../house/house-versions.tsx";
import { namedChoices } from "../house/known-choices.ts";
import { placeTree } from "../house/place-tree.ts";
import { SetAside } from "../house/set-aside.tsx";
import { SourceBadge } from "../house/source-badge.tsx";
import { useHouseEdit } from "../house/use-house-edit.ts";
import type { PageProps } from "../pages.ts";
import { addressOf, useAddress } from "../use-address.ts";

/** Wards, departments and sites as a tree, and the workstations that stand in each. */
export function PlacesPage({ roles }: PageProps) {
  const { t } = useTranslation();
  const { asked, again } = useAsked(consoleRoutes.house, {});
  const mayChange = roles.includes("applications");
  return (
    <>
      <PageHead title={t("console.pages.places")} text={t("console.places.text")} onRefresh={again} />
      <AnswerOf asked={asked}>
        {house => <Places house={house} mayChange={mayChange} again={again} key={house.version} />}
      </AnswerOf>
    </>
  );
}

interface PlacesProps {
  readonly house: HouseView;
  readonly mayChange: boolean;
  readonly again: () => void;
}

function Places({ house, mayChange, again }: PlacesProps) {
  const { t } = useTranslation();
  const { edited, setEdited, removal, setRemoval, end, done } = useHouseEdit(again);
  const [enrolling, setEnrolling] = useState<PlaceView>();
  const wanted = useAddress().filters.get("place");
  const chosen = house.places.find(({ id }) => id === wanted);
  const kind = "place";
  const fields: readonly EntryField[] = [
    { path: ["id"], label: "id", as: "text" },
    { path: ["name"], label: "name", as: "text" },
    { path: ["within"], label: "within", as: "choice", choices: namedChoices(house.places) },
    { path: ["helpdeskPhone"], label: "helpdeskPhone", as: "text" },
    { path: ["external"], label: "external", as: "flag" },
    { path: ["graceSeconds"], label: "graceSeconds", as: "number" },
    { path: ["idleSeconds"], label: "idleSeconds", as: "number" },
    { path: ["startApplication"], label: "startApplication", as: "choice", choices: namedChoices(house.applications) },
  ];
  return (
    <>
      <SetAside setAside={house.setAside} />
      {edited !== undefined && (
        <EntryEditor
          key={edited.id ?? ""}
          edited={edited}
          title={edited.id === undefined ? t("console.places.add") : t("console.house.titleOf", { name: edited.id })}
          fields={fields}
          seen={house.version}
          onDone={done}
          onCancel={end}
        />
      )}
      <section aria-labelledby="places">
        <header className="section-head">
          <h2 id="places">{t("console.places.count", { count: house.places.length })}</h2>
          {mayChange && (
            <button
              type="button"
              onClick={() =>
                setEdited({
                  kind,
                  entry: { id: "", name: "", within: chosen?.id, helpdeskPhone: "", graceSeconds: 0, idleSeconds: 900 },
                })
              }
            >
              <Plus aria-hidden size={18} /> {t("console.places.add")}
            </button>
          )}
        </header>
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("console.places.place")}</th>
                <th scope="col">{t("console.places.workstations")}</th>
                <th scope="col">{t("console.places.rules")}</th>
                <th scope="col">{t("console.house.keptIn")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {placeTree(house.places).map(({ place, depth }) => (
                <tr key={place.id}>
                  <th scope="row" style={{ paddingInlineStart: `${depth * 1.4}rem` }}>
                    {place.name}
                    <small>
                      <code>{place.id}</code>
                    </small>
                  </th>
                  <td>
                    <Link
                      href={addressOf("places", { place: place.id })}
                      aria-label={t("console.places.workstationsOf", {
                        count: place.workstationCount,
                        place: place.name,
                      })}
                      aria-current={place.id === chosen?.id}
                    >
                      {place.workstationCount}
                    </Link>
                  </td>
                  <td>
                    {t("console.places.helpdesk", { phone: place.helpdeskPhone })}
                    <small>{t("console.places.grace", { count: place.graceSeconds })}</small>
                    <small>{t("console.places.idle", { count: place.idleSeconds })}</small>
                    {place.external === true && <small>{t("console.places.external")}</small>}
                    {place.startApplication !== undefined && (
                      <small>{t("console.places.starts", { application: place.startApplication })}</small>
                    )}
                  </td>
                  <td>
                    <SourceBadge source={place.source} />
                  </td>
                  <td>
                    <EntryActs
                      name={place.name}
                      source={place.source}
                      mayChange={mayChange}
                      onOpen={() =>
                        setEdited({
                          kind,
                          id: place.id,
                          entry: place.entry,
                          fixed: place.source === "file" || !mayChange,
                        })
                      }
                      onRemove={() => setRemoval({ kind, id: place.id })}
                    />
                    {mayChange && (
                      <button
                        type="button"
                        onClick={() => setEnrolling(place)}
                        aria-label={t("console.places.codeFor", { place: place.name })}
                      >
                        <KeyRound aria-hidden size={16} /> {t("console.places.codeButton")}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <PlacedWorkstations place={chosen} places={house.places} mayChange={mayChange} onChanged={again} />
      <HouseVersions version={house.version} mayChange={mayChange} onDone={done} />
      <EntryRemoval removal={removal} seen={house.version} onDone={done} onCancel={end} />
      {enrolling !== undefined && <EnrolmentCode place={enrolling} onEnd={() => setEnrolling(undefined)} />}
    </>
  );
}

function EnrolmentCode({ place, onEnd }: { readonly place: PlaceView; readonly onEnd: () => void }) {
  const { t } = useTranslation();
  return (
    <ReasonedAct
      title={t("console.places.codeFor", { place: place.name })}
      doIt={t("console.places.makeCode")}
      act={async reason => {
        const { code } = await ask(consoleRoutes.enrolmentCode, { place: place.id, reason });
        return (
          <ShownOnce
            label={t("console.places.code")}
            text={t("console.places.codeText")}
            value={code}
            onNoted={onEnd}
          />
        );
      }}
      onEnd={onEnd}
    >
      <p>{t("console.places.codeEffect", { place: place.name })}</p>
    </ReasonedAct>
  );
}
