import { expect, test } from "vitest";
import type { Notice } from "../../../../broker/notices/notice.ts";
import { type NoticeSurroundings, noticeText } from "../../../../broker/notices/notice-text.ts";
import { languageCodes } from "../../../../core/language.ts";

const at = Date.UTC(2026, 10, 26, 7, 5);
const until = Date.UTC(2026, 10, 26, 18, 0);
const issued: Notice = { kind: "fallback-issued", at, holder: "1", place: "ward", until };
const alarm: Notice = { kind: "fallback-alarm", at, place: "ward", workstation: "WARD-1", names: 6 };
const glass: Notice = { kind: "break-glass-used", at, holder: "1", place: "ward", workstation: "WARD-1", until };
const around: NoticeSurroundings = {
  language: "fr",
  timeZone: "Europe/Paris",
  person: "Inès MOREL",
  reader: "Inès MOREL",
  isPersonReading: true,
  placeName: "Cardiologie",
  phone: "1234",
};
const manager = { ...around, reader: "Claude BERNARD", isPersonReading: false } as const;

test("the holder is told what was done in his name, when by the hospital's clock, and whom to call", () => {
  const { subject, text } = noticeText(issued, around);
  expect(subject).toBe("Accès temporaire ouvert à votre nom");
  expect(text).toContain("Bonjour Inès MOREL,");
  expect(text).toMatch(/Le 26 novembre 2026 à 08:05, l’assistance/);
  expect(text).toContain("le 26 novembre 2026 à 19:00");
  expect(text).toContain("Appelez l’assistance : 1234.");
});

test("the manager reads of the person, in another language", () => {
  const { subject, text } = noticeText(issued, { ...manager, language: "en" });
  expect(subject).toBe("Temporary access opened");
  expect(text).toContain("Dear Claude BERNARD,");
  expect(text).toMatch(/On 26 November 2026 at 08:05 the helpdesk opened a temporary access for Inès MOREL\./);
});

test.for([
  ["es", "Acceso temporal abierto", "Hola, Claude BERNARD:", "Inès MOREL el 26 de noviembre de 2026"],
  ["ca", "Accés temporal obert", "Bon dia, Claude BERNARD,", "Amb data 26 de novembre"],
] as const)("the neighbours read it in theirs: %s", ([language, title, greeting, when]) => {
  const { subject, text } = noticeText(issued, { ...manager, language });
  expect(subject).toBe(title);
  for (const part of [greeting, when, "1234"]) expect(text).toContain(part);
  expect(text).not.toMatch(/assistance|helpdesk/);
});

test("a desk is not greeted by a name, and no number is invented", () => {
  const { text } = noticeText(alarm, { ...around, person: undefined, reader: undefined, isPersonReading: false });
  expect(text).not.toContain("Bonjour");
  expect(text).toContain("6 noms avaient été refusés");
  expect(text).toContain("WARD-1 (Cardiologie)");
  expect(noticeText(issued, { ...around, phone: undefined }).text).toContain("Appelez l’assistance.");
});

test.for(languageCodes)("whoever opens an emergency access is told, and so is who has to know (%s)", language => {
  const own = noticeText(glass, { ...around, language });
  const others = noticeText(glass, { ...manager, language });
  expect(own.subject).not.toBe(others.subject);
  expect(own.text).not.toMatch(/consol[ae]/);
  expect(others.text).toContain("Inès MOREL");
  expect(others.text).toMatch(/consol[ae]/);
});
