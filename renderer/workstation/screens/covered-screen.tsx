import { Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { ReaderView, Screen, View } from "../../../protocol/window/view.ts";
import { useNow } from "../../components/use-now.ts";
import { CardReader } from "../components/card-reader.tsx";
import { duration } from "../components/duration.ts";
import { WithoutCard } from "../components/without-card.tsx";

interface CoveredScreenProps {
  readonly screen: Extract<Screen, { name: "covered" }>;
  readonly reader: ReaderView;
  readonly workstation: View["workstation"];
  readonly send: (intent: Intent) => void;
}

/** Somebody's seat, locked: whose, how to come back, and for how long the card alone is enough. */
export function CoveredScreen({ screen, reader, workstation, send }: CoveredScreenProps) {
  const { t } = useTranslation();
  const now = useNow();
  const left = screen.graceUntil === undefined ? undefined : screen.graceUntil - now;
  return (
    <section className="covered">
      <div>
        <p className="eyebrow">
          <Lock aria-hidden size={24} /> {t("covered.title")}
        </p>
        <h1>{t("covered.whose", { name: screen.holder })}</h1>
        <p>{t("covered.back")}</p>
        {left !== undefined && (
          <p className="grace">
            {left > 0 ? t("covered.graceLeft", { time: duration(left) }) : t("covered.graceOver")}
          </p>
        )}
        {reader.state === "card-in" ? (
          <button type="button" className="primary" onClick={() => send({ type: "wake" })}>
            {t("cover.wake")}
          </button>
        ) : (
          <WithoutCard workstation={workstation} send={send} />
        )}
      </div>
      <CardReader reader={reader} />
    </section>
  );
}
