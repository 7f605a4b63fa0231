import { describe, expect, test } from "vitest";
import { failureCatalogue } from "../../../core/errors/catalogue.ts";
import { isLanguage, languages, startLanguages } from "../../../renderer/i18n/languages.ts";

/** Every text of a language, by its dotted name. */
function textsOf(words: object, prefix = ""): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === "string") texts.set(prefix + name, value);
    else for (const [inner, text] of textsOf(value, `${prefix}${name}.`)) texts.set(inner, text);
  }
  return texts;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort();
const french = textsOf(languages.fr);

describe.each(Object.entries(languages))("%s", (_code, words) => {
  const texts = textsOf(words);

  test("has a text for everything, with the same things put in", () => {
    expect([...texts.keys()].sort()).toEqual([...french.keys()].sort());
    for (const [name, text] of texts) {
      expect(text.trim(), name).not.toBe("");
      expect(placeholders(text), name).toEqual(placeholders(french.get(name) ?? ""));
    }
  });

  test("tells every failure in three parts, in words of people", () => {
    expect(Object.keys(words.failures).sort()).toEqual(Object.keys(failureCatalogue).sort());
    for (const text of texts.values()) expect(text).not.toMatch(/\berror|invalid|exception|erreur|invalide/i);
  });
});

test("the texts are found, counted and changed", async () => {
  const i18n = startLanguages("fr");
  expect(i18n.t("pin.triesLeft", { count: 1 })).toBe("Dernier essai");
  expect(i18n.t("pin.triesLeft", { count: 2 })).toBe("2 essais possibles");
  await i18n.changeLanguage("en");
  expect(i18n.t("failures.certificate-revoked.title")).toBe("Card revoked");
});

test("a language that there is not is not chosen", () => {
  expect(isLanguage("en")).toBe(true);
  expect(isLanguage("toString")).toBe(false);
  expect(isLanguage(null)).toBe(false);
});
