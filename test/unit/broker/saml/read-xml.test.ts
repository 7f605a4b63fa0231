import { describe, expect, test } from "vitest";
import { childOf, childrenOf, readXml } from "../../../../broker/saml/read-xml.ts";
import { element } from "../../../../broker/saml/write-xml.ts";

const refusal = expect.objectContaining({ code: "saml-message-refused" });

describe("reading", () => {
  test("an element with its namespaces, attributes and text", () => {
    const read = readXml('<?xml version="1.0"?><a:b xmlns:a="urn:a" ID="1" a:x="2"><c> t&amp;u </c><a:c/></a:b>');
    expect(read).toMatchObject({ namespace: "urn:a", name: "b", attributes: { ID: "1" } });
    expect(childOf(read, "", "c")?.text).toBe("t&u");
    expect(childrenOf(read, "urn:a", "c")).toHaveLength(1);
    expect(Object.keys(read.attributes)).toEqual(["ID"]);
  });

  test.each([
    ["a document type", '<!DOCTYPE a><a ID="1"/>'],
    ["an external entity", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ["entities that multiply", '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]><a>&y;</a>'],
    ["an entity that nothing declares", "<a>&x;</a>"],
    ["a comment in a name", "<a><n>admin<!-- -->.evil</n></a>"],
    ["a CDATA section", "<a><![CDATA[<b/>]]></a>"],
    ["a processing instruction", "<a><?php x?></a>"],
    ["an instruction that looks like a declaration", '<?xml-stylesheet href="x"?><a/>'],
    ["two roots", "<a/><b/>"],
    ["no root", "text"],
    ["nothing", ""],
    ["an element that does not end", "<a><b></a>"],
    ["an attribute twice", '<a x="1" x="2"/>'],
    ["an attribute without quotes", "<a x=1/>"],
    ["an unknown prefix", "<x:a/>"],
    ["an element too deep", "<a>".repeat(40) + "</a>".repeat(40)],
    ["too many elements", `<a>${"<b/>".repeat(5_000)}</a>`],
    ["too much text", `<a>${"x".repeat(300_000)}</a>`],
  ])("refuses %s", (_name, text) => {
    expect(() => readXml(text)).toThrow(refusal);
  });

  test("refuses to choose between two children where one is meant", () => {
    expect(() => childOf(readXml("<a><b/><b/></a>"), "", "b")).toThrow(refusal);
  });
});

describe("writing", () => {
  test("text and values come back as they went in, whatever stands in them", () => {
    const odd = `a<b>&"c"'\t\n\r]]> é \u{1f600}`;
    const written = element("a", { x: odd }, element("b", {}, `x${odd}x`)).text;
    const read = readXml(written);
    expect(read.attributes["x"]).toBe(odd);
    expect(childOf(read, "", "b")?.text).toBe(`x${odd}x`);
  });

  test("markup in a value is text", () => {
    const written = element("a", {}, "<b/>").text;
    expect(written).toBe("<a>&lt;b/&gt;</a>");
  });

  test("what XML cannot carry is replaced, not passed on", () => {
    expect(element("a", { x: "\u0000\ud800" }).text).toBe('<a x="\ufffd\ufffd"/>');
  });
});
