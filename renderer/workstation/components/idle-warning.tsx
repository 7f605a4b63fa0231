import { Hourglass } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../components/use-now.ts";

interface IdleWarningProps {
  readonly coversAt: number;
  readonly onStay: () => void;
}

/** Nobody has used the workstation for long. Any key, pointer or touch keeps it open; the button says so. */
export function IdleWarning({ coversAt, onStay }: IdleWarningProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const seconds = Math.max(0, Math.ceil((coversAt - useNow()) / 1000));
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="idle" role="alertdialog" aria-labelledby="idle-title" aria-describedby="idle-text">
      <h2 id="idle-title">
        <Hourglass aria-hidden size={30} /> {t("idle.title")}
      </h2>
      {/* Read out once, not at every second. */}
      <p className="seconds" role="timer" aria-live="off">
        {t("idle.seconds", { count: seconds })}
      </p>
      <p id="idle-text">{t("idle.text")}</p>
      <button type="button" className="primary" onClick={onStay}>
        {t("idle.stay")}
      </button>
    </dialog>
  );
}
