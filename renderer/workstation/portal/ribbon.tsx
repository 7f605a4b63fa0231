import { ArrowRightLeft, CircleUserRound, KeyRound, Lock, LogOut } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen } from "../../../protocol/window/view.ts";
import { MeansBadge } from "../../components/means-badge.tsx";
import { useNow } from "../../components/use-now.ts";
import { duration } from "../components/duration.ts";

interface RibbonProps {
  readonly screen: Extract<Screen, { name: "portal" }>;
  readonly placeName: string;
  readonly send: (intent: Intent) => void;
}

/** What never leaves the portal: who sits here, as what, where, by which means and for how long; lock and end. */
export function Ribbon({ screen, placeName, send }: RibbonProps) {
  const { t } = useTranslation();
  const now = useNow();
  const { holder, activity, means, expiresAt } = screen;
  return (
    <header className="ribbon" data-means={means}>
      <CircleUserRound aria-hidden size={56} strokeWidth={1.4} />
      <div className="name">
        <div className="who">
          <h1>{holder.displayName}</h1>
          <p>{placeName}</p>
        </div>
        {activity?.changeable === true ? (
          <button
            type="button"
            className="activity"
            aria-keyshortcuts="F2"
            aria-label={t("portal.changeActivity", { activity: activity.label })}
            onClick={() => send({ type: "change-activity" })}
          >
            <ArrowRightLeft aria-hidden size={20} /> <span>{activity.label}</span> <kbd aria-hidden>F2</kbd>
          </button>
        ) : (
          <p>{activity?.label ?? holder.profession}</p>
        )}
      </div>
      <MeansBadge means={means} />
      <span className="left">{t("portal.left", { time: duration(expiresAt - now) })}</span>
      {(means === "card-pin" || means === "card-presence") && (
        <button type="button" onClick={() => send({ type: "renew-pin" })} aria-label={t("portal.changePin")}>
          <KeyRound aria-hidden size={22} /> <span className="where-wide">{t("portal.changePin")}</span>
        </button>
      )}
      <button type="button" onClick={() => send({ type: "lock" })}>
        <Lock aria-hidden size={22} /> {t("portal.lock")}
      </button>
      <EndButton send={send} />
    </header>
  );
}

/** Ends the session after a question. */
function EndButton({ send }: Pick<RibbonProps, "send">) {
  const { t } = useTranslation();
  const question = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" onClick={() => question.current?.showModal()}>
        <LogOut aria-hidden size={22} /> {t("portal.end")}
      </button>
      <dialog ref={question} aria-labelledby="end-question">
        <h2 id="end-question">{t("portal.endQuestion")}</h2>
        <p>{t("portal.endText")}</p>
        <div>
          <button type="button" onClick={() => question.current?.close()}>
            {t("portal.stay")}
          </button>
          <button type="button" className="primary" onClick={() => send({ type: "end-session" })}>
            {t("portal.end")}
          </button>
        </div>
      </dialog>
    </>
  );
}
