import { describe, expect, test } from "vitest";
import { failureCatalogue } from "../../../core/errors/catalogue.ts";
import { languageCodes } from "../../../core/language.ts";
import { startLanguages, wordsOf } from "../../../renderer/i18n/languages.ts";

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
const french = textsOf(wordsOf.fr);

/** Words of machines, which say neither what happened nor what to do. */
const machineWords = /\berror|invalid|exception|erreur|invalide|\binv[aá]lid|excepci[oó]n?|excepció|\bno v[aàá]lid/i;

describe.each(languageCodes)("%s", code => {
  const words = wordsOf[code];
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
    for (const [name, text] of texts) expect(text, name).not.toMatch(machineWords);
  });

  test("has no long text that stands in another language just so", () => {
    for (const other of languageCodes.filter(one => one !== code)) {
      const others = textsOf(wordsOf[other]);
      for (const [name, text] of texts) if (text.length > 40) expect(text, name).not.toBe(others.get(name));
    }
  });

  test("writes apostrophes and quotation marks as its readers do", () => {
    for (const [name, text] of texts) expect(text, name).not.toMatch(/\w'\w|"/);
    if (code === "es") for (const [name, text] of texts) expect(text, name).not.toMatch(/^[^¿]*\?|^[^¡]*!/);
  });
});

test.for([
  ["fr", "Dernier essai", "2 essais possibles"],
  ["en", "Last try", "2 tries left"],
  ["es", "Último intento", "Quedan 2 intentos"],
  ["ca", "Últim intent", "Queden 2 intents"],
] as const)("the texts are found, counted and changed: %s", async ([code, one, two]) => {
  const i18n = startLanguages("fr");
  await i18n.changeLanguage(code);
  expect(i18n.t("pin.triesLeft", { count: 1 })).toBe(one);
  expect(i18n.t("pin.triesLeft", { count: 2 })).toBe(two);
  expect(i18n.t("failures.certificate-revoked.title")).toBe(wordsOf[code].failures["certificate-revoked"].title);
});

test.for(languageCodes)("even a million is counted in words: %s", code => {
  const i18n = startLanguages(code);
  expect(i18n.t("console.reports.records", { count: 1_000_000 })).toMatch(/^1000000 \w+/);
});
