import fc from "fast-check";
import { expect, test } from "vitest";
import { onlyFacts, readerProduct } from "../../../../command-line/doctor/facts.ts";
import { finding } from "../../../../command-line/doctor/finding.ts";
import { findingCatalogue } from "../../../../command-line/doctor/finding-catalogue.ts";

test("a fact that has its form is kept; any other member, and any other form, is dropped", () => {
  const good = { atr: "3b00", triesLeft: 2, day: "2027-03-01", failure: "pin-blocked", use: "sign-in", mode: "644" };
  expect(onlyFacts(good)).toEqual(good);
  const bad = {
    atr: "Inès",
    triesLeft: 2.5,
    day: "1 March",
    failure: "Inès MOREL",
    use: "Inès",
    mode: "rw",
    name: "Inès",
  };
  expect(onlyFacts(bad)).toEqual({});
});

test("no text gets in under a name of its own, or in a form that is not its fact's", () => {
  const names = fc.constantFrom(
    "atr",
    "family",
    "failure",
    "step",
    "use",
    "day",
    "mode",
    "place",
    "program",
    "name",
    "cn",
  );
  // A space is in no form of these.
  const texts = fc.string().map(text => `${text} MOREL`);
  fc.assert(fc.property(names, texts, (name, text) => Object.keys(onlyFacts({ [name]: text })).length === 0));
});

test.each([
  ["Gemalto PC Twin Reader (A1B2C3D4) 00 00", "Gemalto PC Twin Reader"],
  [
    "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422CL Smartcard Reader] (KP0123) 01 00",
    "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422CL Smartcard Reader]",
  ],
  ["Virtual PCD 00 01", "Virtual PCD"],
  ["Broadcom Corp Contacted SmartCard 0", "Broadcom Corp Contacted SmartCard"],
])("%s is a %s", (name, product) => {
  expect(readerProduct(name)).toBe(product);
});

test("everything that is no success says what to do; everything that can be found has words without facts, too", () => {
  for (const code of Object.keys(findingCatalogue) as (keyof typeof findingCatalogue)[]) {
    const { level, says, remedy } = finding(code);
    expect(says).not.toBe("");
    expect((remedy ?? "") !== "", code).toBe(level !== "ok");
  }
});
