import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import type { HouseChange } from "../../../protocol/broker/console/house-change.ts";
import { reason as reasonSchema } from "../../../protocol/broker/console/reason.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { ReasonField } from "../components/reason-field.tsx";
import { ShownOnce } from "../components/shown-once.tsx";
import { Effects } from "./effects.tsx";

interface HouseChangeDialogProps {
  readonly title: string;
  readonly change: HouseChange;
  /** The version that the administrator looked at. */
  readonly seen: number;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Shows what a change will do and to whom, asks why, and does it only then. */
export function HouseChangeDialog({ title, change, seen, onDone, onCancel }: HouseChangeDialogProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const { asked } = useAsked(consoleRoutes.houseEffects, { change });
  const [reason, setReason] = useState("");
  const [refusal, setRefusal] = useState<FailureCode>();
  const [secret, setSecret] = useState<string>();
  useEffect(() => dialog.current?.showModal(), []);
  const isGood = asked.state === "answered" && asked.answer.faults.length === 0 && asked.answer.differences.length > 0;
  const takesAway = asked.state === "answered" && asked.answer.lostCount > 0;
  const submit = async () => {
    setRefusal(undefined);
    try {
      const { madeSecret } = await ask(consoleRoutes.houseChange, { change, seen, reason });
      if (madeSecret === undefined) onDone();
      else setSecret(madeSecret);
    } catch (problem) {
      setRefusal(asFailure(problem).code);
    }
  };
  return (
    <dialog
      ref={dialog}
      className="act wide"
      aria-labelledby="house-change"
      onClose={secret === undefined ? onCancel : onDone}
    >
      <h2 id="house-change">{title}</h2>
      {secret !== undefined ? (
        <ShownOnce
          label={t("console.house.secret")}
          text={t("console.house.secretText")}
          value={secret}
          onNoted={() => dialog.current?.close()}
        />
      ) : (
        <form
          onSubmit={event => {
            event.preventDefault();
            void submit();
          }}
        >
          <AnswerOf asked={asked}>{effects => <Effects effects={effects} />}</AnswerOf>
          <ReasonField value={reason} onChange={setReason} />
          {refusal !== undefined && (
            <p className="notice" data-tone="bad" role="alert">
              <strong>{t(`failures.${refusal}.title`)}</strong> {t(`failures.${refusal}.text`)}{" "}
              {t(`failures.${refusal}.action`)} <code>{refusal}</code>
            </p>
          )}
          <div>
            <button type="button" onClick={() => dialog.current?.close()}>
              {t("console.act.cancel")}
            </button>
            <button type="submit" className="primary" disabled={!isGood || !reasonSchema.safeParse(reason).success}>
              {t(takesAway ? "console.house.doAllTheSame" : "console.house.do")}
            </button>
          </div>
        </form>
      )}
    </dialog>
  );
}
