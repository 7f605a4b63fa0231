import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { HouseChange, HouseKind } from "../../../protocol/broker/console/house-change.ts";
import { type Entry, entryText, memberOf, readEntry, withMember } from "./entry.ts";
import type { EntryField } from "./entry-field.ts";
import { EntryFieldInput } from "./entry-field-input.tsx";
import { Faults } from "./faults.tsx";
import { HouseChangeDialog } from "./house-change-dialog.tsx";
import { useFaults } from "./use-faults.ts";

export interface EditedEntry {
  readonly kind: HouseKind;
  readonly entry: Entry;
  /** Present: this entry is replaced; absent: it is a new one. */
  readonly id?: string | undefined;
  /** Kept in the configuration file: it can only be looked at. */
  readonly fixed?: boolean;
}

interface EntryEditorProps {
  readonly edited: EditedEntry;
  readonly title: string;
  readonly fields: readonly EntryField[];
  readonly seen: number;
  /** Whether a new secret can be asked for. */
  readonly hasSecret?: boolean;
  readonly children?: ReactNode;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** One entry: its usual members as a form, all of it as JSON, and what the broker has against it while it is written. */
export function EntryEditor(props: EntryEditorProps) {
  const { edited, title, fields, seen, hasSecret = false, children, onDone, onCancel } = props;
  const { t } = useTranslation();
  const { kind, id, fixed = false } = edited;
  const [text, setText] = useState(entryText(edited.entry));
  const [newSecret, setNewSecret] = useState(false);
  const [isSure, setIsSure] = useState(false);
  const entry = readEntry(text);
  const change = fixed || entry === undefined ? undefined : changeOf(kind, id, entry, newSecret);
  const faults = useFaults(change);
  return (
    <section aria-labelledby="entry" className="editor">
      <h2 id="entry">{title}</h2>
      {fixed && <p className="quiet">{t("console.house.inFile")}</p>}
      <form
        onSubmit={event => {
          event.preventDefault();
          setIsSure(true);
        }}
      >
        <fieldset disabled={fixed || entry === undefined}>
          {fields
            .filter(({ path }) => id === undefined || path.join() !== "id")
            .map(field => (
              <EntryFieldInput
                key={field.path.join(".")}
                field={field}
                value={memberOf(entry ?? {}, field.path)}
                onChange={value => setText(entryText(withMember(entry ?? {}, field.path, value)))}
              />
            ))}
          {hasSecret && id !== undefined && (
            <label className="check">
              <input type="checkbox" checked={newSecret} onChange={event => setNewSecret(event.target.checked)} />
              {t("console.house.newSecret")}
            </label>
          )}
          {children}
        </fieldset>
        <div className="whole">
          <label>
            {t("console.house.whole")}
            <textarea
              rows={Math.min(30, Math.max(8, text.split("\n").length + 1))}
              wrap="off"
              spellCheck={false}
              readOnly={fixed}
              value={text}
              onChange={event => setText(event.target.value)}
            />
          </label>
          {entry === undefined && (
            <p className="notice" data-tone="bad" role="status">
              {t("console.house.noJson")}
            </p>
          )}
          {faults !== undefined && faults.length > 0 && <Faults faults={faults} />}
        </div>
        <div className="acts">
          <button type="button" onClick={onCancel}>
            {t(fixed ? "console.act.close" : "console.act.cancel")}
          </button>
          {!fixed && (
            <button type="submit" className="primary" disabled={faults === undefined || faults.length > 0}>
              {t("console.house.see")}
            </button>
          )}
        </div>
      </form>
      {isSure && change !== undefined && (
        <HouseChangeDialog
          title={title}
          change={change}
          seen={seen}
          onDone={onDone}
          onCancel={() => setIsSure(false)}
        />
      )}
    </section>
  );
}

function changeOf(kind: HouseKind, id: string | undefined, entry: Entry, newSecret: boolean): HouseChange {
  return id === undefined ? { act: "add", kind, entry } : { act: "replace", kind, id, entry, newSecret };
}
