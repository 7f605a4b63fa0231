import { useTranslation } from "react-i18next";
import type { ReaderView } from "../../../protocol/window/view.ts";
import { CardReader } from "../components/card-reader.tsx";
import { Clock } from "../components/clock.tsx";

interface CoverScreenProps {
  readonly placeName: string;
  readonly reader: ReaderView;
  readonly onWake: () => void;
}

/** Nobody sits here: where this is, what time it is, and one line of invitation. */
export function CoverScreen({ placeName, reader, onWake }: CoverScreenProps) {
  const { t } = useTranslation();
  const finished = reader.state === "card-in";
  const line =
    reader.state === "no-reader" ? t("cover.noReader") : finished ? t("cover.finished") : t("cover.invitation");
  return (
    <section className="cover">
      <div className="where">
        <h2>{placeName}</h2>
        <Clock />
      </div>
      <div className="invite">
        <CardReader reader={reader} />
        {reader.state === "trouble" ? <h1>{t(`failures.${reader.code}.text`)}</h1> : <h1>{line}</h1>}
        <p>{reader.state === "trouble" ? t(`failures.${reader.code}.action`) : t("cover.hint")}</p>
        {finished && (
          <button type="button" className="primary" onClick={onWake}>
            {t("cover.wake")}
          </button>
        )}
      </div>
    </section>
  );
}
