import { ShieldAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import { PinTitle } from "./pin-title.tsx";

interface LastTryProps {
  readonly of: "pin" | "unblockingCode";
  /** The application that asks for the PIN again, where one does. */
  readonly askedBy?: string | undefined;
  readonly send: (intent: Intent) => void;
}

/** The last try of a PIN, or of an unblocking code, is spent only by somebody who says that he is sure. */
export function LastTry({ of, askedBy, send }: LastTryProps) {
  const { t } = useTranslation();
  return (
    <section className="last-try" role="alertdialog" aria-labelledby="last-try-title">
      <ShieldAlert aria-hidden size={72} strokeWidth={1.5} />
      {askedBy !== undefined && <PinTitle askedBy={askedBy} />}
      <h1 id="last-try-title">{t("pin.lastTry.title")}</h1>
      <p>{t(of === "pin" ? "pin.lastTry.text" : "pin.lastTry.textOfCode")}</p>
      <button type="button" className="primary" onClick={() => send({ type: "confirm-last-try" })}>
        {t(of === "pin" ? "pin.lastTry.confirm" : "pin.lastTry.confirmCode")}
      </button>
      <button type="button" onClick={() => send({ type: "cancel" })}>
        {t("pin.cancel")}
      </button>
    </section>
  );
}
