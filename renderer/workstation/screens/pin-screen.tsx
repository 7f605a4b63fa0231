import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen } from "../../../protocol/window/view.ts";
import { DigitPad } from "../components/digit-pad.tsx";
import { LastTry } from "../components/last-try.tsx";
import { PinTitle } from "../components/pin-title.tsx";
import { ReaderKeys } from "../components/reader-keys.tsx";
import { TriesLeft } from "../components/tries-left.tsx";

interface PinScreenProps {
  readonly screen: Extract<Screen, { name: "pin" }>;
  readonly send: (intent: Intent) => void;
}

/** Asks for the PIN. Made anew for every question, so that it starts empty. */
export function PinScreen({ screen, send }: PinScreenProps) {
  const { t } = useTranslation();
  if (screen.confirmLastTry) return <LastTry of="pin" askedBy={screen.askedBy} send={send} />;
  const { holder, triesLeft, minimumLength, maximumLength, problem, question, onReader, askedBy } = screen;
  const submit = (pin: number[]) => send({ type: "submit-pin", question, pin });
  return (
    <section className="pin">
      <div className="who">
        <PinTitle askedBy={askedBy} />
        <h1>{holder.displayName}</h1>
        <p className="profession">{holder.profession}</p>
        <TriesLeft count={triesLeft} />
        {problem !== undefined && (
          <p className="problem" role="alert">
            <strong>{t(`failures.${problem}.title`)}</strong> {t(`failures.${problem}.text`)}
          </p>
        )}
        <p className="not-you">{t("pin.notYou")}</p>
      </div>
      {onReader === true ? (
        <div className="pad on-reader">
          <ReaderKeys />
          <button type="button" className="primary" onClick={() => submit([])}>
            {t("pin.onReader.again")}
          </button>
          <button type="button" onClick={() => send({ type: "cancel" })}>
            {t("pin.cancel")}
          </button>
        </div>
      ) : (
        <DigitPad
          minimumLength={minimumLength}
          maximumLength={maximumLength}
          confirm={t(askedBy === undefined ? "pin.confirm" : "pin.confirmAgain")}
          onTyped={submit}
          onCancel={() => send({ type: "cancel" })}
        />
      )}
    </section>
  );
}
