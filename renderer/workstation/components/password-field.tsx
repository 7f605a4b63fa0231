import { Eye, EyeOff } from "lucide-react";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";

interface PasswordFieldProps {
  readonly field: Ref<HTMLInputElement>;
  /** What stands in it: signs, or dots in their place. */
  readonly shown: string;
  readonly visible: boolean;
  readonly onVisible: (visible: boolean) => void;
  readonly onSign: (sign: string) => void;
  readonly onErase: () => void;
  readonly onFocus: () => void;
}

/** Shows how much was typed. What was typed is nowhere in the page unless somebody asks to see it. */
export function PasswordField({ field, shown, visible, onVisible, onSign, onErase, onFocus }: PasswordFieldProps) {
  const { t } = useTranslation();
  const word = t(visible ? "password.hide" : "password.show");
  return (
    <div className="field">
      <label htmlFor="temporary-password">{t("password.password")}</label>
      <span>
        <input
          id="temporary-password"
          ref={field}
          readOnly
          inputMode="none"
          autoComplete="off"
          value={shown}
          onFocus={onFocus}
          onKeyDown={event => {
            if (event.ctrlKey || event.altKey || event.metaKey) return;
            if (event.key === "Backspace") onErase();
            else if (event.key.length === 1) onSign(event.key);
            else return;
            event.preventDefault();
          }}
        />
        <button type="button" aria-pressed={visible} aria-label={word} title={word} onClick={() => onVisible(!visible)}>
          {visible ? <EyeOff aria-hidden size={24} /> : <Eye aria-hidden size={24} />}
        </button>
      </span>
    </div>
  );
}
