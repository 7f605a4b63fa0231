import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { HouseView } from "../../../protocol/broker/console/house-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { PageHead } from "../components/page-head.tsx";
import { EntryActs } from "../house/entry-acts.tsx";
import { type EditedEntry, EntryEditor } from "../house/entry-editor.tsx";
import type { EntryField } from "../house/entry-field.ts";
import { EntryRemoval } from "../house/entry-removal.tsx";
import { SetAside } from "../house/set-aside.tsx";
import { SourceBadge } from "../house/source-badge.tsx";
import { type Removal, useHouseEdit } from "../house/use-house-edit.ts";
import type { PageProps } from "../pages.ts";

const id: EntryField = { path: ["id"], label: "id", as: "text" };
const fieldsOf: Readonly<Record<"group" | "structure", readonly EntryField[]>> = {
  group: [id, { path: ["holders"], label: "holders", as: "lines" }],
  structure: [id, { path: ["name"], label: "name", as: "text" }],
};

/** Groups of holders that policies name, and names of structures that cards know by number. */
export function GroupsPage({ roles }: PageProps) {
  const { t } = useTranslation();
  const { asked, again } = useAsked(consoleRoutes.house, {});
  const mayChange = roles.includes("applications");
  return (
    <>
      <PageHead title={t("console.pages.groups")} text={t("console.groups.text")} onRefresh={again} />
      <AnswerOf asked={asked}>
        {house => <Groups house={house} mayChange={mayChange} again={again} key={house.version} />}
      </AnswerOf>
    </>
  );
}

interface GroupsProps {
  readonly house: HouseView;
  readonly mayChange: boolean;
  readonly again: () => void;
}

function Groups({ house, mayChange, again }: GroupsProps) {
  const { t } = useTranslation();
  const { edited, setEdited, removal, setRemoval, end, done } = useHouseEdit(again);
  const listed = { mayChange, onOpen: setEdited, onRemove: setRemoval };
  return (
    <>
      <SetAside setAside={house.setAside} />
      {edited !== undefined && (
        <EntryEditor
          key={`${edited.kind} ${edited.id ?? ""}`}
          edited={edited}
          title={
            edited.id === undefined
              ? t(`console.groups.${edited.kind === "group" ? "group" : "structure"}.add`)
              : t("console.house.titleOf", { name: edited.id })
          }
          fields={fieldsOf[edited.kind === "group" ? "group" : "structure"]}
          seen={house.version}
          onDone={done}
          onCancel={end}
        />
      )}
      <Listed
        {...listed}
        kind="group"
        entries={house.groups.map(group => ({
          ...group,
          says: t("console.groups.holders", { count: group.holders.length }),
        }))}
        begun={{ id: "", holders: [] }}
      />
      <Listed
        {...listed}
        kind="structure"
        entries={house.structures.map(structure => ({ ...structure, says: structure.name }))}
        begun={{ id: "", name: "" }}
      />
      <EntryRemoval removal={removal} seen={house.version} onDone={done} onCancel={end} />
    </>
  );
}

interface ListedProps {
  readonly kind: "group" | "structure";
  readonly entries: readonly {
    readonly id: string;
    readonly says: string;
    readonly source: "file" | "console";
    readonly entry: Readonly<Record<string, unknown>>;
  }[];
  readonly begun: Readonly<Record<string, unknown>>;
  readonly mayChange: boolean;
  readonly onOpen: (edited: EditedEntry) => void;
  readonly onRemove: (removal: Removal) => void;
}

function Listed({ kind, entries, begun, mayChange, onOpen, onRemove }: ListedProps) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby={kind}>
      <header className="section-head">
        <h2 id={kind}>{t(`console.groups.${kind}.title`)}</h2>
        {mayChange && (
          <button type="button" onClick={() => onOpen({ kind, entry: begun })}>
            <Plus aria-hidden size={18} /> {t(`console.groups.${kind}.add`)}
          </button>
        )}
      </header>
      {entries.length === 0 ? (
        <p className="empty">{t(`console.groups.${kind}.empty`)}</p>
      ) : (
        <div className="scroll">
          <table>
            <tbody>
              {entries.map(({ id: each, says, source, entry }) => (
                <tr key={each}>
                  <th scope="row">
                    <code>{each}</code>
                  </th>
                  <td>{says}</td>
                  <td>
                    <SourceBadge source={source} />
                  </td>
                  <td>
                    <EntryActs
                      name={each}
                      source={source}
                      mayChange={mayChange}
                      onOpen={() => onOpen({ kind, id: each, entry, fixed: source === "file" || !mayChange })}
                      onRemove={() => onRemove({ kind, id: each })}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
