import { expect, test } from "vitest";
import { keyedRecord } from "../../../../core/trail/keyed-record.ts";
import { isPseudonym, pseudonymText, replacePseudonyms } from "../../../../core/trail/trail-pseudonym.ts";
import type { TrailRecord } from "../../../../core/trail/trail-record.ts";

const pseudonymOf = (identifier: string) => `<${identifier.length}>`;
const keyed = (record: Partial<TrailRecord>, names: string[] = []) =>
  keyedRecord({ at: 1_700_000_000_000, act: "session-opened", ...record }, names, pseudonymOf);

test("holder, who did it and what the card shows are replaced; what names nobody stays", () => {
  expect(keyed({ holder: "jdupont", by: "adm", shownAs: "old-1", workstation: "w", means: "card-pin" })).toEqual({
    ...{ at: 1_700_000_000_000, act: "session-opened", workstation: "w", means: "card-pin" },
    ...{ holder: "<7>", by: "<3>", shownAs: "<5>" },
  });
});

test("the same persons are replaced within every other text, and whoever is named beside them", () => {
  const record = keyed(
    {
      holder: "jdupont",
      code: "of jdupont",
      detail: 'reason: jdupont; asked for "marie.curie"',
      policy: "for-jdupont",
    },
    ["marie.curie"],
  );
  expect(record).toMatchObject({ code: "of <7>", detail: 'reason: <7>; asked for "<11>"', policy: "for-<7>" });
});

test("a name is found as JSON writes it, and one that is the beginning of another does not hide it", () => {
  const detail = JSON.stringify({ who: 'o"neil\\', other: "an-na" });
  expect(keyed({ detail }, ['o"neil\\', "an", "an-na"]).detail).toBe('{"who":"<7>","other":"<5>"}');
});

test("within a longer word it is not a name", () => {
  expect(keyed({ holder: "a", detail: "what a day" }).detail).toBe("what <1> day");
});

test("what only looks like a pattern is a name like any other", () => {
  expect(keyed({ detail: "x.y and xzy, (b)" }, ["x.y", "(b)"]).detail).toBe("<3> and xzy, <3>");
});

test("national identifiers that somebody typed are replaced; times and hashes are not", () => {
  const detail = "899700218896 and 10101234567, 0612345678; until 1790000000000, hash 00899700218896ab";
  expect(keyed({ detail }).detail).toBe("<12> and <11>, <10>; until 1790000000000, hash 00899700218896ab");
});

test("a pseudonym is known again, alone and in a text", () => {
  const pseudonym = pseudonymText(12, "AAAAAAAAAAAAAAAAAAAA-_");
  expect(isPseudonym(pseudonym)).toBe(true);
  for (const other of ["", "899700218896", `${pseudonym}x`, "~1~short"]) expect(isPseudonym(other)).toBe(false);
  expect(replacePseudonyms(`by ${pseudonym}; ${pseudonym}`, () => "P")).toBe("by P; P");
});
