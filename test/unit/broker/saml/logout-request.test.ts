import { expect, test } from "vitest";
import { readLogoutRequest } from "../../../../broker/saml/logout-request.ts";
import { readXml } from "../../../../broker/saml/read-xml.ts";
import { SamlSignIns } from "../../../../broker/saml/saml-sign-ins.ts";
import { silentLog } from "../../../fakes/silent-log.ts";
import { pharmacy, requestText, samlNow, serviceProviderKey } from "../../../fixtures/saml-service-provider.ts";

const read = (content: string, attributes: Readonly<Record<string, string>> = {}) =>
  readLogoutRequest(readXml(requestText({ content, attributes })), samlNow);
const nameId = "<saml:NameID>somebody</saml:NameID>";

test("a request to sign out names somebody, and perhaps sessions", () => {
  expect(read(nameId)).toEqual({ id: "_request", nameId: "somebody", sessionIndexes: [] });
  const index = "<samlp:SessionIndex>a</samlp:SessionIndex><samlp:SessionIndex>b</samlp:SessionIndex>";
  expect(read(nameId + index, { NotOnOrAfter: "2026-06-15T12:00:01Z" }).sessionIndexes).toEqual(["a", "b"]);
});

test.each([
  ["nobody", "", {}],
  ["two", nameId + nameId, {}],
  ["somebody, too late", nameId, { NotOnOrAfter: "2026-06-15T12:00:00Z" }],
  ["somebody, until no time", nameId, { NotOnOrAfter: "soon" }],
])("one that names %s is refused", (_name, content, attributes) => {
  expect(() => read(content, attributes)).toThrow(expect.objectContaining({ code: "saml-message-refused" }));
});

test("it ends the sign-ins of that name at that application, and no other", () => {
  const signIns = new SamlSignIns({
    issuer: "broker",
    keys: () => Promise.reject(new Error("nobody is told")),
    clock: { now: () => samlNow },
    log: silentLog,
  });
  const provider = pharmacy(serviceProviderKey());
  const settings = { nameId: { format: "unspecified" }, encryptAssertions: false } as const;
  const remember = (seat: string, id: string, value: string) =>
    signIns.remember(seat, {
      application: { id, provider, settings },
      nameId: { format: "", value, spNameQualifier: undefined },
      sessionIndex: `${seat}-index`,
    });
  remember("one", "pharmacy", "somebody");
  remember("two", "pharmacy", "somebody");
  remember("two", "laboratory", "somebody");
  remember("three", "pharmacy", "another");
  expect(signIns.end("pharmacy", "somebody", ["elsewhere"])).toEqual([]);
  expect(signIns.end("pharmacy", "somebody", ["one-index"])).toEqual(["one"]);
  expect(signIns.end("pharmacy", "somebody", [])).toEqual(["two"]);
  expect(signIns.end("pharmacy", "somebody", [])).toEqual([]);
  expect(signIns.end("laboratory", "somebody", [])).toEqual(["two"]);
});
