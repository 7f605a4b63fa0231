import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import { reason as reasonSchema } from "../../../protocol/broker/console/reason.ts";
import { ReasonField } from "./reason-field.tsx";

interface ReasonedActProps {
  readonly title: string;
  /** What it will do. */
  readonly children: ReactNode;
  readonly doIt: string;
  /** Does it; what it resolves with is shown in place of the question, and the dialog closes where that is nothing. */
  readonly act: (reason: string) => Promise<ReactNode | undefined>;
  readonly onEnd: () => void;
}

/** An act that asks for a reason, and says first what it will do. */
export function ReasonedAct({ title, children, doIt, act, onEnd }: ReasonedActProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState("");
  const [refusal, setRefusal] = useState<FailureCode>();
  const [result, setResult] = useState<ReactNode>();
  useEffect(() => dialog.current?.showModal(), []);
  const submit = async () => {
    setRefusal(undefined);
    try {
      const shown = await act(reason);
      if (shown === undefined) dialog.current?.close();
      else setResult(shown);
    } catch (problem) {
      setRefusal(asFailure(problem).code);
    }
  };
  return (
    <dialog ref={dialog} className="act" aria-labelledby="act-title" onClose={onEnd}>
      <h2 id="act-title">{title}</h2>
      {result ?? (
        <form
          onSubmit={event => {
            event.preventDefault();
            void submit();
          }}
        >
          <section className="effects">{children}</section>
          <ReasonField value={reason} onChange={setReason} />
          {refusal !== undefined && (
            <p className="notice" data-tone="bad" role="alert">
              {t(`failures.${refusal}.title`)} <code>{refusal}</code>
            </p>
          )}
          <div>
            <button type="button" onClick={() => dialog.current?.close()}>
              {t("console.act.cancel")}
            </button>
            <button type="submit" className="primary" disabled={!reasonSchema.safeParse(reason).success}>
              {doIt}
            </button>
          </div>
        </form>
      )}
    </dialog>
  );
}
