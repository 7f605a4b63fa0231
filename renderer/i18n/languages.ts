import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { firstLanguage, type Language, languageCodes } from "../../core/language.ts";
import { ca } from "./ca.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr, type Words } from "./fr.ts";

export const wordsOf: Readonly<Record<Language, Words>> = { fr, en, es, ca };

/** The texts, ready to be used. */
export function startLanguages(chosen: Language): i18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: chosen,
    fallbackLng: firstLanguage,
    initAsync: false,
    resources: Object.fromEntries(languageCodes.map(code => [code, { translation: wordsOf[code] }])),
    // React escapes already.
    interpolation: { escapeValue: false },
  });
  return instance;
}
