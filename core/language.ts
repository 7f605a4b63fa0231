/**
 * The languages that Wardkey speaks, by ISO 639-1 code, each by its own name, as they are offered. Whatever is written in
 * them is a `Record<Language, …>`: the compiler asks for every one.
 */
export const languages = { fr: "Français", en: "English", es: "Español", ca: "Català" } as const;
export type Language = keyof typeof languages;

/** Where nobody has said which. */
export const firstLanguage: Language = "fr";

export const languageCodes: readonly Language[] = Object.keys(languages).filter(isLanguage);

export function isLanguage(text: string | null | undefined): text is Language {
  return typeof text === "string" && Object.hasOwn(languages, text);
}

/**
 * The first one of a list that Wardkey speaks: language tags, or an Accept-Language field (RFC 9110, 12.5.4), in the order of
 * who wrote it. Weights are not read: browsers and directories write the best first.
 */
export function spokenLanguage(wanted: string | readonly string[] | undefined): Language | undefined {
  const tags = typeof wanted === "string" ? wanted.split(",") : (wanted ?? []);
  return tags.map(tag => tag.trim().toLowerCase().split(/[-_;]/)[0]).find(isLanguage);
}

/** A text that a hospital has written itself, by language; another of them where there is none in this one. */
export function writtenFor(language: string, texts: Readonly<Record<string, string>>): string | undefined {
  return [texts[language], ...Object.values(texts)].find(text => text);
}
