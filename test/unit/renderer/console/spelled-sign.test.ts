import { expect, test } from "vitest";
import { languageCodes } from "../../../../core/language.ts";
import { spelledSign } from "../../../../renderer/console/fallback/spelled-sign.ts";

test.for(languageCodes)("every letter is said by a word that begins with it: %s", code => {
  const said = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map(sign => spelledSign(sign, code));
  expect(said.map(word => word.normalize("NFD")[0]).join("")).toBe("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  expect(new Set(said).size).toBe(26);
  expect(spelledSign("7", code)).toBe("7");
});
