import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import { type AliasEffects, aliasAddition, aliasRemoval } from "../../../protocol/broker/console/holder-aliases.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { ReasonField } from "./reason-field.tsx";

export type WantedAliasChange =
  | { readonly kind: "add" }
  | { readonly kind: "remove"; readonly identifier: string; readonly holder: string };

interface AliasChangeProps {
  readonly wanted: WantedAliasChange;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Asks for what and why, says what it will do, and does it only then. */
export function AliasChange({ wanted, onDone, onCancel }: AliasChangeProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [identifier, setIdentifier] = useState(wanted.kind === "remove" ? wanted.identifier : "");
  const [holder, setHolder] = useState(wanted.kind === "remove" ? wanted.holder : "");
  const [reason, setReason] = useState("");
  const [effects, setEffects] = useState<AliasEffects>();
  const [refusal, setRefusal] = useState<FailureCode>();
  useEffect(() => dialog.current?.showModal(), []);

  const wish = { identifier, holder, reason };
  const isWhole =
    wanted.kind === "add"
      ? aliasAddition.safeParse(wish).success
      : aliasRemoval.safeParse({ identifier, reason }).success;
  const isClear = wanted.kind === "remove" || effects !== undefined;
  const attempt = (work: Promise<unknown>) => work.catch(problem => setRefusal(asFailure(problem).code));
  const submit = () => {
    setRefusal(undefined);
    if (wanted.kind === "remove") void attempt(ask(consoleRoutes.removeAlias, { identifier, reason }).then(onDone));
    else if (effects === undefined)
      void attempt(ask(consoleRoutes.aliasEffects, { identifier, holder }).then(setEffects));
    else void attempt(ask(consoleRoutes.addAlias, wish).then(onDone));
  };
  const change = (set: (text: string) => void) => (text: string) => {
    setEffects(undefined);
    set(text);
  };
  return (
    <dialog ref={dialog} className="act" aria-labelledby="alias-title" onClose={onCancel}>
      <h2 id="alias-title">{t(wanted.kind === "add" ? "console.aliases.add" : "console.aliases.removeTitle")}</h2>
      <form
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label={t("console.aliases.identifier")}
          value={identifier}
          onChange={change(setIdentifier)}
          fixed={wanted.kind === "remove"}
        />
        <Field
          label={t("console.aliases.holder")}
          value={holder}
          onChange={change(setHolder)}
          fixed={wanted.kind === "remove"}
        />
        <ReasonField value={reason} onChange={setReason} />
        {isClear && (
          <section className="effects" aria-live="polite">
            <h3>{t("console.aliases.willDo")}</h3>
            <p>
              {t(wanted.kind === "add" ? "console.aliases.effectAdd" : "console.aliases.effectRemove", {
                identifier,
                holder,
              })}
            </p>
            {effects?.openSession === true && <p>{t("console.aliases.effectOpen", { identifier })}</p>}
            {effects?.inTheWayOf !== undefined && (
              <p className="notice" data-tone="bad">
                {t("console.aliases.inTheWay", { identifier: effects.inTheWayOf })}
              </p>
            )}
            <p>{t("console.aliases.effectTrail")}</p>
          </section>
        )}
        {refusal !== undefined && (
          <p className="notice" data-tone="bad" role="alert">
            {t(`failures.${refusal}.title`)} <code>{refusal}</code>
          </p>
        )}
        <div>
          <button type="button" onClick={() => dialog.current?.close()}>
            {t("console.act.cancel")}
          </button>
          <button type="submit" className="primary" disabled={!isWhole || effects?.inTheWayOf !== undefined}>
            {t(
              isClear
                ? wanted.kind === "add"
                  ? "console.aliases.doAdd"
                  : "console.aliases.remove"
                : "console.aliases.see",
            )}
          </button>
        </div>
      </form>
    </dialog>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly fixed?: boolean;
}

function Field({ label, value, onChange, fixed = false }: FieldProps) {
  return (
    <label>
      {label}
      <input
        value={value}
        readOnly={fixed}
        autoComplete="off"
        spellCheck={false}
        onChange={event => onChange(event.target.value)}
      />
    </label>
  );
}
