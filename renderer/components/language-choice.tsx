import { Languages } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isLanguage, languageCodes, languages } from "../../core/language.ts";
import { useLanguage } from "../i18n/use-language.ts";

/** Every language by its own name, for pages that have a keyboard and little room. */
export function LanguageChoice() {
  const { t } = useTranslation();
  const { language, choose } = useLanguage();
  return (
    <label className="language">
      <Languages aria-hidden size={18} />
      <select
        aria-label={t("language.choose")}
        value={language}
        onChange={({ target }) => isLanguage(target.value) && choose(target.value)}
      >
        {languageCodes.map(code => (
          <option key={code} value={code} lang={code}>
            {languages[code]}
          </option>
        ))}
      </select>
    </label>
  );
}
