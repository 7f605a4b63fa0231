import { expect, test } from "vitest";
import { page } from "../../../../broker/oidc/page.ts";
import { pageWordsFor } from "../../../../broker/oidc/page-words.ts";
import { languageCodes } from "../../../../core/language.ts";

test.for([
  ["es-ES,es;q=0.9", "es", "Inserte su tarjeta en este puesto"],
  ["ca", "ca", "Inseriu la targeta en aquesta estació"],
  ["en-GB,en;q=0.5", "en", "Insert your card at this workstation"],
  ["de,*", "fr", "Insérez votre carte sur ce poste"],
  [undefined, "fr", "Insérez votre carte sur ce poste"],
] as const)("a browser that asks for %s reads %s", ([wanted, language, title]) => {
  const found = pageWordsFor(wanted);
  expect(found).toMatchObject({ language, words: { insertCard: title } });
  expect(page(found.language, found.words.insertCard, "")).toContain(`<html lang="${language}">`);
});

test("an application is named in every language", () => {
  for (const code of languageCodes) {
    const { words } = pageWordsFor(code);
    for (const text of [words.pinAskedBy("Dossier"), words.leave("Dossier"), words.leaveQuestion("Dossier")])
      expect(text).toContain("Dossier");
  }
});
