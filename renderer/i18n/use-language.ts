import { useTranslation } from "react-i18next";
import { firstLanguage, isLanguage, type Language } from "../../core/language.ts";
import { keepLanguage } from "./kept-language.ts";

/** The language in use, and how another one is chosen and kept. */
export function useLanguage(): { readonly language: Language; readonly choose: (language: Language) => void } {
  const { i18n } = useTranslation();
  const language = isLanguage(i18n.language) ? i18n.language : firstLanguage;
  const choose = (chosen: Language) => {
    keepLanguage(chosen);
    document.documentElement.lang = chosen;
    void i18n.changeLanguage(chosen);
  };
  return { language, choose };
}
