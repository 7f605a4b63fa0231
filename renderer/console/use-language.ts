import { useTranslation } from "react-i18next";
import { isLanguage, type Language, languages } from "../i18n/languages.ts";

/** The language in use, and how another one is chosen and kept. */
export function useLanguage(): { readonly language: Language; readonly choose: (language: Language) => void } {
  const { i18n } = useTranslation();
  const language = isLanguage(i18n.language) ? i18n.language : "fr";
  const choose = (chosen: Language) => {
    localStorage.setItem("language", chosen);
    document.documentElement.lang = chosen;
    void i18n.changeLanguage(chosen);
  };
  return { language, choose };
}

/** The one after it, round and round. */
export function nextLanguage(language: Language): { readonly code: Language; readonly name: string } {
  const codes = Object.keys(languages).filter(isLanguage);
  const code = codes[(codes.indexOf(language) + 1) % codes.length] ?? "fr";
  return { code, name: languages[code].language.name };
}
