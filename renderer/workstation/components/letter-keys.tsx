import { Delete } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../../core/language.ts";
import { useLanguage } from "../../i18n/use-language.ts";

interface LetterKeysProps {
  /** Keys that cannot be meant are shown, and do nothing. */
  readonly accepts: (sign: string) => boolean;
  readonly onSign: (sign: string) => void;
  readonly onErase: () => void;
}

/** As the keyboards of the country have them. */
const rowsOf: Readonly<Record<Language, readonly string[]>> = {
  fr: ["1234567890", "AZERTYUIOP", "QSDFGHJKLM", "WXCVBN-'"],
  en: ["1234567890", "QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM'"],
  es: ["1234567890", "QWERTYUIOP", "ASDFGHJKLÑ", "ZXCVBNM-"],
  ca: ["1234567890", "QWERTYUIOP", "ASDFGHJKLÇ", "ZXCVBNM-"],
};

/** Letters and digits for a gloved finger. The field that is typed into keeps the focus. */
export function LetterKeys({ accepts, onSign, onErase }: LetterKeysProps) {
  const { t } = useTranslation();
  const rows = rowsOf[useLanguage().language];
  return (
    <div className="letters" onPointerDown={event => event.preventDefault()}>
      {rows.map((row, index) => (
        <div key={row}>
          {[...row].map(sign => (
            <button type="button" key={sign} tabIndex={-1} disabled={!accepts(sign)} onClick={() => onSign(sign)}>
              {sign}
            </button>
          ))}
          {index === rows.length - 1 && (
            <>
              <button
                type="button"
                className="space"
                tabIndex={-1}
                disabled={!accepts(" ")}
                aria-label={t("password.space")}
                onClick={() => onSign(" ")}
              >
                ␣
              </button>
              <button type="button" tabIndex={-1} aria-label={t("pin.erase")} onClick={onErase}>
                <Delete aria-hidden size={26} />
              </button>
            </>
          )}
        </div>
      ))}
    </div>
  );
}
