import { Siren } from "lucide-react";
import { useTranslation } from "react-i18next";
import { writtenFor } from "../../../core/language.ts";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen, View } from "../../../protocol/window/view.ts";
import { useNow } from "../../components/use-now.ts";
import { duration } from "../components/duration.ts";

interface BrokenGlassProps {
  readonly screen: Extract<Screen, { name: "portal" }>;
  readonly offer: View["workstation"]["breakGlass"];
  readonly send: (intent: Intent) => void;
}

/** Never leaves the portal while a glass is broken: whose, whether that is proved, why, how long, and how to end it. */
export function BrokenGlass({ screen, offer, send }: BrokenGlassProps) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { breakGlass: glass, breakGlassRefused: refused, holder, tiles } = screen;
  if (glass === undefined) {
    if (refused === undefined) return null;
    const application = tiles.find(({ id }) => id === refused.application)?.name ?? refused.application;
    return (
      <p className="glass refused" role="alert">
        <strong>{t("breakGlass.refused", { application })}</strong> {t(`failures.${refused.code}.text`)}{" "}
        {t(`failures.${refused.code}.action`)}
      </p>
    );
  }
  const texts = offer?.reasons.find(({ id }) => id === glass.kind)?.text ?? {};
  const kind = writtenFor(i18n.language, texts) ?? glass.kind;
  return (
    <aside className="glass" aria-label={t("breakGlass.title")}>
      <Siren aria-hidden size={38} />
      <div>
        <p>
          <strong>{t(`breakGlass.${glass.identity}`, { name: holder.displayName })}</strong>
        </p>
        <p>{t("breakGlass.reason", { kind, words: glass.words })}</p>
      </div>
      <p className="left" role="timer">
        {t("breakGlass.left", { time: duration(glass.until - now) })}
      </p>
      <button type="button" onClick={() => send({ type: "end-break-glass" })}>
        {t("breakGlass.end")}
      </button>
    </aside>
  );
}
