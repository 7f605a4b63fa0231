import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en.ts";
import { fr } from "./fr.ts";

/** The languages on offer, in the order of the choice. */
export const languages = { fr, en } as const;
export type Language = keyof typeof languages;

export function isLanguage(text: string | null): text is Language {
  return text !== null && Object.hasOwn(languages, text);
}

/** The texts, ready to be used; French where nothing else was chosen. */
export function startLanguages(chosen: Language): i18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: chosen,
    fallbackLng: "fr",
    initAsync: false,
    resources: { fr: { translation: fr }, en: { translation: en } },
    // React escapes already.
    interpolation: { escapeValue: false },
  });
  return instance;
}
