import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { languageCodes } from "../../../core/language.ts";
import type { HouseChange } from "../../../protocol/broker/console/house-change.ts";
import type { PolicyTextView } from "../../../protocol/broker/console/house-view.ts";
import { Faults } from "./faults.tsx";
import { HouseChangeDialog } from "./house-change-dialog.tsx";
import { useFaults } from "./use-faults.ts";

interface PolicyTextEditorProps {
  readonly opened: PolicyTextView | "new";
  readonly mayChange: boolean;
  readonly seen: number;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** What a new text begins as. */
const begun = `@id("")
${languageCodes.map(code => `@why_${code}("")`).join("\n")}
permit(principal, action == Action::"launch", resource == Application::"")
when { principal in Profession::"10" };
`;

/** One text of policies with its line numbers, and what is wrong with it while it is written. */
export function PolicyTextEditor({ opened, mayChange, seen, onDone, onCancel }: PolicyTextEditorProps) {
  const { t } = useTranslation();
  const isNew = opened === "new";
  const [id, setId] = useState(isNew ? "" : opened.id);
  const [text, setText] = useState(isNew ? begun : opened.text);
  const [isSure, setIsSure] = useState(false);
  const fixed = !isNew && (opened.source === "file" || !mayChange);
  const entry = { id, text };
  const change: HouseChange = isNew
    ? { act: "add", kind: "policies", entry }
    : { act: "replace", kind: "policies", id, entry, newSecret: false };
  const faults = useFaults(fixed ? undefined : change);
  const title = isNew ? t("console.policies.add") : t("console.house.titleOf", { name: id });
  return (
    <section aria-labelledby="policy-text">
      <h2 id="policy-text">{title}</h2>
      {fixed && <p className="quiet">{t("console.policies.inFile")}</p>}
      <form
        className="policy-text"
        onSubmit={event => {
          event.preventDefault();
          setIsSure(true);
        }}
      >
        {isNew && (
          <label>
            {t("console.policies.name")}
            <input value={id} autoComplete="off" spellCheck={false} onChange={event => setId(event.target.value)} />
          </label>
        )}
        <Numbered text={text} fixed={fixed} faulty={faults?.map(({ line }) => line) ?? []} onChange={setText} />
        {faults !== undefined && faults.length > 0 && <Faults faults={faults} />}
        {faults?.length === 0 && <p role="status">{t("console.policies.sound")}</p>}
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
      {isSure && (
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

interface NumberedProps {
  readonly text: string;
  readonly fixed: boolean;
  readonly faulty: readonly (number | undefined)[];
  readonly onChange: (text: string) => void;
}

/** As high as its text, so that the numbers stand beside their lines. */
function Numbered({ text, fixed, faulty, onChange }: NumberedProps) {
  const { t } = useTranslation();
  const id = useId();
  const lines = text.split("\n").length;
  return (
    <div>
      <label htmlFor={id}>{t("console.policies.policies")}</label>
      <div className="numbered">
        <ol aria-hidden>
          {Array.from({ length: lines }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <li key={index} data-fault={faulty.includes(index + 1)}>
              {index + 1}
            </li>
          ))}
        </ol>
        <textarea
          id={id}
          rows={lines}
          wrap="off"
          spellCheck={false}
          readOnly={fixed}
          value={text}
          onChange={event => onChange(event.target.value)}
        />
      </div>
    </div>
  );
}
