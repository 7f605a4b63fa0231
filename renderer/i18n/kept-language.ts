import { firstLanguage, isLanguage, type Language, spokenLanguage } from "../../core/language.ts";

const key = "language";

/** What was chosen on this page before, otherwise the first that the browser asks for: hosts start it with the workstation's. */
export function keptLanguage(): Language {
  const chosen = localStorage.getItem(key);
  return isLanguage(chosen) ? chosen : (spokenLanguage(navigator.languages) ?? firstLanguage);
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(key, language);
}
