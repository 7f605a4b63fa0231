import { useTranslation } from "react-i18next";
import type { Screen } from "../../../protocol/window/view.ts";
import { PinTitle } from "../components/pin-title.tsx";
import { ReaderKeys } from "../components/reader-keys.tsx";
import { TriesLeft } from "../components/tries-left.tsx";

/** The reader waits for the PIN on its own keys; nothing is typed here. */
export function PinPadScreen({ screen }: { readonly screen: Extract<Screen, { name: "pin-pad" }> }) {
  const { t } = useTranslation();
  const { holder, triesLeft, askedBy } = screen;
  return (
    <section className="pin">
      <div className="who">
        <PinTitle askedBy={askedBy} />
        <h1>{holder.displayName}</h1>
        <p className="profession">{holder.profession}</p>
        <TriesLeft count={triesLeft} />
        <p className="not-you">{t("pin.notYou")}</p>
      </div>
      <div className="pad on-reader">
        <ReaderKeys />
        <div role="status">
          <h2>{t("pin.onReader.type")}</h2>
          <p>{t("pin.onReader.how")}</p>
        </div>
      </div>
    </section>
  );
}
