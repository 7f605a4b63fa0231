import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import { type DirectorySourceView, lossAcceptance } from "../../../protocol/broker/console/directory-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";

interface LossAcceptanceProps {
  readonly source: DirectorySourceView;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Says what accepting would do, asks why, and does it only then. */
export function LossAcceptance({ source, onDone, onCancel }: LossAcceptanceProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState("");
  const [refusal, setRefusal] = useState<FailureCode>();
  useEffect(() => dialog.current?.showModal(), []);
  const { id, trouble } = source;
  const wish = { source: id, reason };
  const submit = () => {
    setRefusal(undefined);
    ask(consoleRoutes.acceptLoss, wish).then(onDone, problem => setRefusal(asFailure(problem).code));
  };
  return (
    <dialog ref={dialog} className="act" aria-labelledby="loss-title" onClose={onCancel}>
      <h2 id="loss-title">{t("console.directory.acceptOf", { source: id })}</h2>
      <form
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
      >
        <section className="effects">
          <h3>{t("console.directory.willDo")}</h3>
          <p>{t("console.directory.acceptDoes", { source: id, count: trouble?.lost ?? 0 })}</p>
          <p>{t("console.directory.acceptTrail")}</p>
        </section>
        <label>
          {t("console.directory.reason")}
          <input value={reason} autoComplete="off" onChange={event => setReason(event.target.value)} />
        </label>
        {refusal !== undefined && (
          <p className="notice" data-tone="bad" role="alert">
            {t(`failures.${refusal}.title`)} <code>{refusal}</code>
          </p>
        )}
        <div>
          <button type="button" onClick={() => dialog.current?.close()}>
            {t("console.directory.cancel")}
          </button>
          <button type="submit" className="primary" disabled={!lossAcceptance.safeParse(wish).success}>
            {t("console.directory.accept")}
          </button>
        </div>
      </form>
    </dialog>
  );
}
