import { Delete, ShieldAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen } from "../../../protocol/window/view.ts";
import { PinBuffer } from "../pin/pin-buffer.ts";

interface PinScreenProps {
  readonly screen: Extract<Screen, { name: "pin" }>;
  readonly send: (intent: Intent) => void;
}

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** Asks for the PIN: digits from the keyboard or the pad. Made anew for every question, so that it starts empty. */
export function PinScreen({ screen, send }: PinScreenProps) {
  const { t } = useTranslation();
  if (screen.confirmLastTry) {
    return (
      <section className="last-try" role="alertdialog" aria-labelledby="last-try-title">
        <ShieldAlert aria-hidden size={72} strokeWidth={1.5} />
        <h1 id="last-try-title">{t("pin.lastTry.title")}</h1>
        <p>{t("pin.lastTry.text")}</p>
        <button type="button" className="primary" onClick={() => send({ type: "confirm-last-try" })}>
          {t("pin.lastTry.confirm")}
        </button>
        <button type="button" onClick={() => send({ type: "cancel" })}>
          {t("pin.cancel")}
        </button>
      </section>
    );
  }
  return <PinEntry screen={screen} send={send} />;
}

function PinEntry({ screen, send }: PinScreenProps) {
  const { t } = useTranslation();
  const { holder, triesLeft, minimumLength, maximumLength, problem, question } = screen;
  const buffer = useRef(new PinBuffer(maximumLength));
  const [count, setCount] = useState(0);
  const act = (change: (pin: PinBuffer) => void) => {
    change(buffer.current);
    setCount(buffer.current.length);
  };
  const submit = () => {
    if (buffer.current.length < minimumLength) return;
    act(pin => send({ type: "submit-pin", question, pin: pin.take() }));
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (/^[0-9]$/.test(event.key)) act(pin => pin.push(event.key));
      else if (event.key === "Backspace") act(pin => pin.pop());
      else if (event.key === "Escape") send({ type: "cancel" });
      else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) submit();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
  useEffect(() => {
    const pin = buffer.current;
    return () => pin.wipe();
  }, []);

  return (
    <section className="pin">
      <div className="who">
        <p className="eyebrow">{t("pin.title")}</p>
        <h1>{holder.displayName}</h1>
        <p className="profession">{holder.profession}</p>
        <p className="tries" data-left={triesLeft} role="status">
          <span aria-hidden className="dots">
            {Array.from({ length: Math.max(3, triesLeft) }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: dots have no identity but their place
              <i key={index} data-on={index < triesLeft} />
            ))}
          </span>
          {t("pin.triesLeft", { count: triesLeft })}
        </p>
        {problem !== undefined && (
          <p className="problem" role="alert">
            <strong>{t(`failures.${problem}.title`)}</strong> {t(`failures.${problem}.text`)}
          </p>
        )}
        <p className="not-you">{t("pin.notYou")}</p>
      </div>
      <div className="pad">
        <p className="typed" role="img" aria-label={t("pin.label", { count })}>
          {Array.from({ length: maximumLength }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: dots have no identity but their place
            <i key={index} data-on={index < count} data-optional={index >= minimumLength} />
          ))}
        </p>
        <div className="keys">
          {keys.map(key => (
            <button type="button" key={key} onClick={() => act(pin => pin.push(key))}>
              {key}
            </button>
          ))}
          <button type="button" className="word" onClick={() => act(pin => pin.wipe())}>
            {t("pin.clear")}
          </button>
          <button type="button" onClick={() => act(pin => pin.push("0"))}>
            0
          </button>
          <button type="button" className="word" onClick={() => act(pin => pin.pop())} aria-label={t("pin.erase")}>
            <Delete aria-hidden size={30} />
          </button>
        </div>
        <div className="decide">
          <button type="button" onClick={() => send({ type: "cancel" })}>
            {t("pin.cancel")}
          </button>
          <button type="button" className="primary" onClick={submit} disabled={count < minimumLength}>
            {t("pin.confirm")}
          </button>
        </div>
      </div>
    </section>
  );
}
