import { useTranslation } from "react-i18next";

interface PasswordChoiceProps {
  /** True: the password that the directory knows. */
  readonly isUsual: boolean;
  readonly onUsual: (isUsual: boolean) => void;
}

/** Which of two passwords is meant, where the place takes both. */
export function PasswordChoice({ isUsual, onUsual }: PasswordChoiceProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="which" aria-label={t("password.which")}>
      <button type="button" aria-pressed={!isUsual} onClick={() => onUsual(false)}>
        {t("password.readOut")}
      </button>
      <button type="button" aria-pressed={isUsual} onClick={() => onUsual(true)}>
        {t("password.usual")}
      </button>
    </fieldset>
  );
}
