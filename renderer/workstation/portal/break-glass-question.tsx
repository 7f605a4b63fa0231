import { Siren } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Tile, View } from "../../../protocol/window/view.ts";
import { GlassReasonFields, isGlassReason } from "../components/glass-reason-fields.tsx";

interface BreakGlassQuestionProps {
  readonly tile: Tile;
  readonly offer: NonNullable<View["workstation"]["breakGlass"]>;
  readonly send: (intent: Intent) => void;
  readonly onClose: () => void;
}

/** Before the PIN is asked for: what breaking the glass does, and why the holder does it. */
export function BreakGlassQuestion({ tile, offer, send, onClose }: BreakGlassQuestionProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [kind, setKind] = useState("");
  const [words, setWords] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  const isReady = isGlassReason(kind, words);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    send({ type: "break-glass", application: tile.id, kind, words: words.trim() });
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} className="emergency" aria-labelledby="emergency-question" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="emergency-question">
          <Siren aria-hidden size={30} /> {t("breakGlass.question", { application: tile.name })}
        </h2>
        <p>{t("breakGlass.does", { count: offer.minutes })}</p>
        <GlassReasonFields offer={offer} kind={kind} words={words} onKind={setKind} onWords={setWords} />
        <div className="decide">
          <button type="button" onClick={() => dialog.current?.close()}>
            {t("pin.cancel")}
          </button>
          <button type="submit" className="primary alarming" disabled={!isReady}>
            {t("breakGlass.confirm")}
          </button>
        </div>
      </form>
    </dialog>
  );
}
