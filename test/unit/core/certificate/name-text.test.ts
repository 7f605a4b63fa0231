import { expect, test } from "vitest";
import type { DistinguishedName } from "../../../../core/certificate/distinguished-name.ts";
import { commonNameIn, nameText } from "../../../../core/certificate/name-text.ts";

const attribute = (type: string, value: string) => ({ type, value }) as DistinguishedName["rdns"][number][number];
const name = (...rdns: DistinguishedName["rdns"]) => nameText({ rdns } as DistinguishedName);
const country = attribute("2.5.4.6", "FR");
const organisation = attribute("2.5.4.10", "ASIP-SANTE");
const common = (value: string) => attribute("2.5.4.3", value);

test("a name is read in the order written, with its attributes in short", () => {
  expect(name([country], [organisation], [common("AC PERSONNES")])).toBe("C=FR, O=ASIP-SANTE, CN=AC PERSONNES");
  expect(name([country, attribute("1.2.3", "x")])).toBe("C=FR+1.2.3=x");
});

test.each([
  ["last", name([country], [organisation], [common("AC PERSONNES")]), "AC PERSONNES"],
  ["first", name([common("AC PERSONNES")], [organisation], [country]), "AC PERSONNES"],
  ["in one part with others", name([country], [common("AUBERT"), attribute("2.5.4.42", "Camille")]), "AUBERT"],
  ["before an attribute without a short name", name([common("AC")], [attribute("1.2.3", "x")]), "AC"],
  ["with a comma of its own", name([country], [common("Cards, Inc."), organisation]), "Cards, Inc."],
  ["twice", name([common("Root")], [common("Persons")]), "Persons"],
])("a common name that stands %s is found", (_, text, found) => {
  expect(commonNameIn(text)).toBe(found);
});

test.each([
  ["none is there", name([country], [organisation])],
  ["it is empty", name([country], [common("")])],
  ["it is only part of another word", "OU=ACN=1"],
  ["there is nothing", ""],
])("where %s, the whole name is read", (_, text) => {
  expect(commonNameIn(text)).toBe(text);
});
