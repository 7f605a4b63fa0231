import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import { type ImportEffects, importOrder, longestImport } from "../../../protocol/broker/console/directory-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { TextField } from "./text-field.tsx";

interface PersonImportProps {
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

type Readable = Extract<ImportEffects, { outcome: "readable" }>;
const kinds = ["added", "changed", "lost"] as const;

/** Takes lines, shows whom they would add, change and lose, and imports them only then. */
export function PersonImport({ onDone, onCancel }: PersonImportProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const [effects, setEffects] = useState<ImportEffects>();
  const [refusal, setRefusal] = useState<FailureCode>();
  useEffect(() => dialog.current?.showModal(), []);
  const change = (wanted: string) => {
    setEffects(undefined);
    setRefusal(undefined);
    setText(wanted);
  };
  const order =
    effects?.outcome === "readable"
      ? importOrder.safeParse({ text, reason, expected: countsIn(effects) }).data
      : undefined;
  const submit = () => {
    const attempt = (work: Promise<unknown>) => work.catch(problem => setRefusal(asFailure(problem).code));
    setRefusal(undefined);
    if (order === undefined) void attempt(ask(consoleRoutes.importEffects, { text }).then(setEffects));
    else void attempt(ask(consoleRoutes.importPersons, order).then(onDone));
  };
  const isSeen = effects?.outcome === "readable";
  return (
    <dialog ref={dialog} className="act" aria-labelledby="import-title" onClose={onCancel}>
      <h2 id="import-title">{t("console.importing.title")}</h2>
      <form
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
      >
        <label>
          {t("console.importing.text")}
          <textarea
            rows={6}
            value={text}
            maxLength={longestImport}
            spellCheck={false}
            aria-describedby="import-columns"
            onChange={event => change(event.target.value)}
          />
        </label>
        <small id="import-columns">{t("console.importing.columns")}</small>
        <label>
          {t("console.importing.file")}
          <input
            type="file"
            accept=".csv,text/csv"
            onChange={event => void event.target.files?.[0]?.text().then(change)}
          />
        </label>
        {effects !== undefined && <Effects effects={effects} />}
        {isSeen && <TextField label={t("console.keeping.reason")} value={reason} onChange={setReason} />}
        {refusal !== undefined && (
          <p className="notice" data-tone="bad" role="alert">
            {t(`failures.${refusal}.title`)} <code>{refusal}</code>
          </p>
        )}
        <div>
          <button type="button" onClick={() => dialog.current?.close()}>
            {t("console.keeping.cancel")}
          </button>
          <button type="submit" className="primary" disabled={isSeen ? order === undefined : text.trim() === ""}>
            {t(isSeen ? "console.importing.do" : "console.importing.see")}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function countsIn({ added, changed, lost }: Readable) {
  return { added: added.count, changed: changed.count, lost: lost.count };
}

function Effects({ effects }: { readonly effects: ImportEffects }) {
  const { t } = useTranslation();
  if (effects.outcome === "unreadable")
    return (
      <p className="notice" data-tone="bad" role="alert">
        {t("console.importing.unreadable")} {effects.detail}
      </p>
    );
  return (
    <section className="effects" aria-live="polite">
      <h3>{t("console.importing.willDo")}</h3>
      <ul>
        {kinds.map(kind => {
          const { count, first } = effects[kind];
          const names = first.map(({ displayName }) => displayName).join(", ");
          const more =
            count > first.length ? `, ${t("console.importing.andMore", { count: count - first.length })}` : "";
          return (
            <li key={kind}>
              {t(`console.importing.${kind}`, { count })}
              {count > 0 && `: ${names}${more}`}
            </li>
          );
        })}
      </ul>
      <p>{t("console.importing.replaces")}</p>
    </section>
  );
}
