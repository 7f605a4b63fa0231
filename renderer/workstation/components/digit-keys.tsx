import { Delete } from "lucide-react";
import { useTranslation } from "react-i18next";

interface DigitKeysProps {
  readonly onDigit: (digit: string) => void;
  readonly onErase: () => void;
  readonly onClear: () => void;
}

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** Large keys for a gloved finger. */
export function DigitKeys({ onDigit, onErase, onClear }: DigitKeysProps) {
  const { t } = useTranslation();
  return (
    <div className="keys">
      {digits.map(digit => (
        <button type="button" key={digit} onClick={() => onDigit(digit)}>
          {digit}
        </button>
      ))}
      <button type="button" className="word" onClick={onClear}>
        {t("pin.clear")}
      </button>
      <button type="button" onClick={() => onDigit("0")}>
        0
      </button>
      <button type="button" className="word" onClick={onErase} aria-label={t("pin.erase")}>
        <Delete aria-hidden size={30} />
      </button>
    </div>
  );
}
