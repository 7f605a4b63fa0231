import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { ReaderView, View } from "../../../protocol/window/view.ts";
import { CardReader } from "../components/card-reader.tsx";
import { Clock } from "../components/clock.tsx";
import { WithoutCard } from "../components/without-card.tsx";

interface CoverScreenProps {
  readonly workstation: View["workstation"];
  readonly reader: ReaderView;
  readonly send: (intent: Intent) => void;
}

/** Nobody sits here: where this is, what time it is, and one line of invitation. */
export function CoverScreen({ workstation, reader, send }: CoverScreenProps) {
  const { t } = useTranslation();
  const finished = reader.state === "card-in";
  const line =
    reader.state === "no-reader" ? t("cover.noReader") : finished ? t("cover.finished") : t("cover.invitation");
  return (
    <section className="cover">
      <div className="where">
        <h2>{workstation.placeName}</h2>
        <Clock />
      </div>
      <div className="invite">
        <CardReader reader={reader} />
        {reader.state === "trouble" ? <h1>{t(`failures.${reader.code}.text`)}</h1> : <h1>{line}</h1>}
        <p>{reader.state === "trouble" ? t(`failures.${reader.code}.action`) : t("cover.hint")}</p>
        {finished && (
          <button type="button" className="primary" onClick={() => send({ type: "wake" })}>
            {t("cover.wake")}
          </button>
        )}
        {!finished && <WithoutCard workstation={workstation} send={send} />}
      </div>
    </section>
  );
}
