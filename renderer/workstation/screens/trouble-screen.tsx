import { LockOpen, Phone, RotateCcw, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen } from "../../../protocol/window/view.ts";

interface TroubleScreenProps {
  readonly screen: Extract<Screen, { name: "trouble" }>;
  readonly phone: string;
  readonly send: (intent: Intent) => void;
}

/** What happened, what to do, whom to call. */
export function TroubleScreen({ screen, phone, send }: TroubleScreenProps) {
  const { t } = useTranslation();
  const { code } = screen;
  return (
    <section className="trouble" role="alert">
      <TriangleAlert aria-hidden size={72} strokeWidth={1.5} />
      <h1>{t(`failures.${code}.title`)}</h1>
      <p className="what">{t(`failures.${code}.text`)}</p>
      <p className="remedy">{t(`failures.${code}.action`)}</p>
      {screen.askedBy !== undefined && <p>{t("trouble.toldNo", { application: screen.askedBy })}</p>}
      {phone !== "" && (
        <p className="phone">
          <Phone aria-hidden size={24} /> {t("helpdesk", { phone })}
        </p>
      )}
      {screen.canUnblock === true && (
        <button type="button" className="primary" onClick={() => send({ type: "renew-pin" })}>
          <LockOpen aria-hidden size={22} /> {t("trouble.unblock")}
        </button>
      )}
      {screen.askedBy === undefined ? (
        <button type="button" onClick={() => send({ type: "wake" })}>
          <RotateCcw aria-hidden size={22} /> {t("trouble.again")}
        </button>
      ) : (
        <button type="button" onClick={() => send({ type: "cancel" })}>
          {t("trouble.close")}
        </button>
      )}
      <p className="details">{t("trouble.details", { code })}</p>
    </section>
  );
}
