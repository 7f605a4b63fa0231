import { expect, test } from "vitest";
import { isLanguage, languageCodes, spokenLanguage, writtenFor } from "../../../core/language.ts";

test("a language that there is not is not chosen", () => {
  expect(languageCodes).toEqual(["fr", "en", "es", "ca"]);
  expect(languageCodes.every(isLanguage)).toBe(true);
  for (const none of ["toString", "de", "FR", "", null, undefined]) expect(isLanguage(none)).toBe(false);
});

test.for([
  ["ca-ES,ca;q=0.9,es;q=0.8", "ca"],
  ["de-DE, es_ES, fr", "es"],
  ["EN", "en"],
  [["de-AT", "es-MX"], "es"],
  ["de,*;q=0.5", undefined],
  ["", undefined],
  [undefined, undefined],
] as const)("the first that is spoken of %j is %s", ([wanted, spoken]) => {
  expect(spokenLanguage(wanted)).toBe(spoken);
});

test("a hospital's own text stands in, where there is none in the language", () => {
  expect(writtenFor("es", { fr: "Urgence vitale", es: "Urgencia vital" })).toBe("Urgencia vital");
  expect(writtenFor("es", { fr: "Urgence vitale", en: "A life is at risk" })).toBe("Urgence vitale");
  expect(writtenFor("es", { es: "", fr: "Urgence vitale" })).toBe("Urgence vitale");
  expect(writtenFor("es", {})).toBeUndefined();
});
