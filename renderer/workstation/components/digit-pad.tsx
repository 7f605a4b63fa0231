import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PinBuffer } from "../pin/pin-buffer.ts";
import { DigitKeys } from "./digit-keys.tsx";

interface DigitPadProps {
  readonly minimumLength: number;
  readonly maximumLength: number;
  readonly confirm: string;
  /** Gets the digits as character codes, once; nothing of them is left here. */
  readonly onTyped: (digits: number[]) => void;
  readonly onCancel: () => void;
}

/** Takes digits from the keyboard or from its large keys, and shows how many there are. A new question makes it anew. */
export function DigitPad({ minimumLength, maximumLength, confirm, onTyped, onCancel }: DigitPadProps) {
  const { t } = useTranslation();
  const buffer = useRef(new PinBuffer(maximumLength));
  const [count, setCount] = useState(0);
  const act = (change: (pin: PinBuffer) => void) => {
    change(buffer.current);
    setCount(buffer.current.length);
  };
  const submit = () => {
    if (buffer.current.length < minimumLength) return;
    act(pin => onTyped(pin.take()));
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (/^[0-9]$/.test(event.key)) act(pin => pin.push(event.key));
      else if (event.key === "Backspace") act(pin => pin.pop());
      else if (event.key === "Escape") onCancel();
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
    <div className="pad">
      <p className="typed" role="img" aria-label={t("pin.label", { count })} data-long={maximumLength > 8}>
        {Array.from({ length: maximumLength }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: dots have no identity but their place
          <i key={index} data-on={index < count} data-optional={index >= minimumLength} />
        ))}
      </p>
      <DigitKeys
        onDigit={digit => act(pin => pin.push(digit))}
        onErase={() => act(pin => pin.pop())}
        onClear={() => act(pin => pin.wipe())}
      />
      <div className="decide">
        <button type="button" onClick={onCancel}>
          {t("pin.cancel")}
        </button>
        <button type="button" className="primary" onClick={submit} disabled={count < minimumLength}>
          {confirm}
        </button>
      </div>
    </div>
  );
}
