import fc from "fast-check";
import { expect, test } from "vitest";
import { childOf, readXml, type XmlElement } from "../../../../broker/saml/read-xml.ts";
import { verifyXml } from "../../../../broker/saml/verify-xml.ts";
import { element } from "../../../../broker/saml/write-xml.ts";
import { requestText, serviceProviderKey, signedText } from "../../../fixtures/saml-service-provider.ts";

const own = serviceProviderKey();
const other = serviceProviderKey();
const signed = signedText(requestText({ content: "<samlp:Extensions>some text</samlp:Extensions>" }), own);
const meant = verifyXml(signed, [own.certificate]);

function verified(text: string): XmlElement | undefined {
  try {
    return verifyXml(text, [own.certificate]);
  } catch {
    return undefined;
  }
}

test("a message is read without its signature, by any key that its sender has", () => {
  expect(meant.children.map(({ name }) => name)).toEqual(["Issuer", "Extensions"]);
  expect(verifyXml(signed, [other.certificate, own.certificate])).toEqual(meant);
  expect(() => verifyXml(signed, [other.certificate])).toThrow();
  expect(() => verifyXml(signed, [])).toThrow();
});

test("whichever letter is changed, taken out or put in: what is believed is what was signed, or nothing", () => {
  const anywhere = fc.nat(signed.length - 1);
  const letter = fc.constantFrom(..."<>/=\"'& \n:#AZaz09");
  fc.assert(
    fc.property(anywhere, letter, fc.nat(1), (at, put, taken) => {
      const changed = signed.slice(0, at) + put + signed.slice(at + taken);
      expect([undefined, meant]).toContainEqual(verified(changed));
    }),
    { numRuns: 400 },
  );
});

test("whichever parts of a signed message are put elsewhere, too: what is believed is what was signed, or nothing", () => {
  const parts = [...signed.matchAll(/<(\w+:\w+)[^<>]*>.*?<\/\1>/gs)].map(([part]) => part);
  const places = [...signed.matchAll(/>/g)].map(({ index }) => index + 1);
  fc.assert(
    fc.property(fc.constantFrom(...parts, signed), fc.constantFrom(...places), (part, at) => {
      const wrapped = signed.slice(0, at) + part + signed.slice(at);
      expect([undefined, meant]).toContainEqual(verified(wrapped));
    }),
    { numRuns: 200 },
  );
});

test("whatever text is written, the same is read", () => {
  const text = fc.string({ unit: "grapheme" }).map(any => `.${any.replaceAll(/[^\t\n\r -\ud7ff\ue000-\ufffd]/g, "")}.`);
  fc.assert(
    fc.property(text, any => {
      const read = readXml(element("a", { x: any }, element("b", {}, any)).text);
      expect([read.attributes["x"], childOf(read, "", "b")?.text]).toEqual([any, any]);
    }),
  );
});
