import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ApplicationConfiguration } from "../../../../broker/main/configuration.ts";
import { readAuthnRequest } from "../../../../broker/saml/authn-request.ts";
import { algorithms } from "../../../../broker/saml/names.ts";
import { type ReceivedMessage, receiveMessage } from "../../../../broker/saml/received-message.ts";
import type { House } from "../../../../broker/services/house.ts";
import {
  brokerAddress,
  pharmacy,
  requestText,
  samlNow,
  serviceProviderKey,
  signedQuery,
  signedText,
} from "../../../fixtures/saml-service-provider.ts";

const own = serviceProviderKey();
const foreign = serviceProviderKey();
const refusal = (detail: RegExp) =>
  expect.objectContaining({ code: "saml-message-refused", detail: expect.stringMatching(detail) });

function houseOf(requestsSigned: boolean): House {
  const application: ApplicationConfiguration = {
    id: "pharmacy",
    name: "Pharmacy",
    icon: "pill",
    saml: {
      nameId: { format: "persistent", value: "pairwise" },
      encryptAssertions: false,
      serviceProvider: pharmacy(own, requestsSigned),
    },
  };
  return { places: [], groups: [], structures: [], applications: [application] };
}

const expected = { name: "AuthnRequest", destination: brokerAddress, now: samlNow } as const;

function post(text: string, { requestsSigned = true, fields = {} } = {}): Promise<ReceivedMessage> {
  const form = new URLSearchParams({
    SAMLRequest: Buffer.from(text).toString("base64"),
    RelayState: "state",
    ...fields,
  });
  return postBody(form.toString(), requestsSigned);
}

function postBody(body: string, requestsSigned = true): Promise<ReceivedMessage> {
  const request = Object.assign(Readable.from([Buffer.from(body)]), { method: "POST", url: "/saml/sso" });
  return receiveMessage(request as unknown as IncomingMessage, houseOf(requestsSigned), expected);
}

function redirect(query: string, requestsSigned = true): Promise<ReceivedMessage> {
  const request = { method: "GET", url: `/saml/sso?${query}` };
  return receiveMessage(request as IncomingMessage, houseOf(requestsSigned), expected);
}

const packed = (text: string) => deflateRawSync(text).toString("base64");
const signed = signedText(requestText(), own);
const signature = /<ds:Signature.*<\/ds:Signature>/s.exec(signed)?.[0] ?? "";
const foreignSigned = signedText(requestText(), foreign);
const inner = (text: string) => text.replaceAll('ID="_request"', 'ID="_evil"');

describe("in a form", () => {
  test("what its sender has signed is taken, with its state", async () => {
    const received = await post(signed);
    expect(received).toMatchObject({ signed: true, relayState: "state", sender: { id: "pharmacy" } });
    expect(received.message.attributes["ID"]).toBe("_request");
  });

  test("what is not signed is taken where the sender does not sign", async () => {
    expect(await post(requestText(), { requestsSigned: false })).toMatchObject({ signed: false });
  });

  test.each<[string, RegExp, string]>([
    ["no signature", /not signed/, requestText()],
    ["another's key, brought along", /key of its sender/, foreignSigned],
    ["one letter changed", /key of its sender/, signed.replace('ID="_request"', 'ForceAuthn="true" ID="_request"')],
    [
      "a value that is no signature",
      /key of its sender/,
      signed.replace(/<ds:SignatureValue>..../, "<ds:SignatureValue>AAAA"),
    ],
    ["two signatures", /2 Signature/, signed.replace(signature, signature + signature)],
    [
      "a second signature further inside",
      /more than one signature/,
      signed.replace("</samlp:AuthnRequest>", `<samlp:Extensions>${signature}</samlp:Extensions></samlp:AuthnRequest>`),
    ],
    [
      "the signed message wrapped in another",
      /something else/,
      requestText({
        attributes: { ID: "_evil" },
        content: `${signature}<samlp:Extensions>${requestText()}</samlp:Extensions>`,
      }),
    ],
    [
      "the signed message wrapped, under the same ID",
      /ID twice/,
      requestText({ content: `${signature}<samlp:Extensions>${requestText()}</samlp:Extensions>` }),
    ],
    [
      "the signed message inside its own signature's object",
      /something else|ID twice/,
      inner(requestText()).replace(
        "</saml:Issuer>",
        `</saml:Issuer>${signature.replace("</ds:Signature>", `<ds:Object>${requestText()}</ds:Object></ds:Signature>`)}`,
      ),
    ],
    [
      "a signature that is not in the first level",
      /no signature|not signed/,
      requestText({ content: `<samlp:Extensions>${signature}</samlp:Extensions>` }),
    ],
    ["a signature over everything (no ID)", /something else/, signed.replace('URI="#_request"', 'URI=""')],
    ["two references", /2 Reference/, signed.replace(/<ds:Reference.*<\/ds:Reference>/s, "$&$&")],
    [
      "SHA-1 as the signature's hash",
      /signature's algorithm/,
      signed.replaceAll(algorithms.rsaSha256, "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
    ],
    ["SHA-1 as the digest", /digest's algorithm/, signed.replace(algorithms.sha256, algorithms.sha1)],
    [
      "an HMAC with the public key",
      /signature's algorithm/,
      signed.replaceAll(algorithms.rsaSha256, "http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
    ],
    [
      "a canonical form that keeps comments",
      /canonical form/,
      signed.replace(
        `<ds:CanonicalizationMethod Algorithm="${algorithms.exclusive}"`,
        `<ds:CanonicalizationMethod Algorithm="${algorithms.exclusive}WithComments"`,
      ),
    ],
    [
      "a transform that chooses what is signed",
      /transforms/,
      signed.replace(algorithms.enveloped, "http://www.w3.org/TR/1999/REC-xslt-19991116"),
    ],
    ["a comment", /comment/, signed.replace("pharmacy.example", "pharmacy<!-- -->.example")],
    ["a document type", /document type/, `<!DOCTYPE x>${signed}`],
    ["a sender that is not the house's", /no application/, requestText({ issuer: "https://evil.example" })],
    ["no sender", /no application/, requestText().replace(/<saml:Issuer>.*<\/saml:Issuer>/, "")],
    ["two senders", /2 Issuer/, requestText({ content: "<saml:Issuer>x</saml:Issuer>" })],
    [
      "another address",
      /another address/,
      signedText(requestText({ attributes: { Destination: "https://other.example/" } }), own),
    ],
    [
      "no address, though signed",
      /another address/,
      signedText(requestText({ attributes: { Destination: undefined } }), own),
    ],
    [
      "a message of an hour ago",
      /just now/,
      signedText(requestText({ attributes: { IssueInstant: "2026-06-15T11:00:00Z" } }), own),
    ],
    [
      "a message of tomorrow",
      /just now/,
      signedText(requestText({ attributes: { IssueInstant: "2026-06-16T12:00:00Z" } }), own),
    ],
    ["a message of no time", /just now/, signedText(requestText({ attributes: { IssueInstant: "now" } }), own)],
    ["SAML 1.1", /version/, signedText(requestText({ attributes: { Version: "1.1" } }), own)],
    ["an ID that is markup's", /its ID/, requestText({ attributes: { ID: "1&quot;" } })],
    [
      "another kind of message",
      /no AuthnRequest/,
      signedText(requestText().replaceAll("AuthnRequest", "LogoutRequest"), own),
    ],
    ["an answer", /no AuthnRequest/, requestText().replaceAll("AuthnRequest", "Response")],
  ])("%s is refused", async (_name, detail, text) => {
    await expect(
      post(text, { requestsSigned: text.includes("ds:Signature") || _name === "no signature" }),
    ).rejects.toThrow(refusal(detail));
  });

  test("two messages, a state without end, a body without end are refused", async () => {
    const field = `SAMLRequest=${encodeURIComponent(Buffer.from(signed).toString("base64"))}`;
    await expect(postBody(`${field}&${field}`)).rejects.toThrow(refusal(/two SAMLRequest/));
    await expect(postBody(`${field}&RelayState=${"x".repeat(1_025)}`)).rejects.toThrow(refusal(/RelayState/));
    await expect(postBody(`${field}&x=${"x".repeat(300_000)}`)).rejects.toThrow(refusal(/too long/));
    await expect(postBody("")).rejects.toThrow(refusal(/well-formed/));
  });
});

describe("in an address", () => {
  const good = packed(requestText());

  test("what its sender has signed is taken, with its state", async () => {
    expect(await redirect(signedQuery(good, own))).toMatchObject({ signed: true, relayState: "state" });
    const stronger = { algorithm: algorithms.rsaSha512, hash: "sha512" };
    expect(await redirect(signedQuery(good, own, stronger))).toMatchObject({ signed: true });
  });

  test.each<[string, RegExp, string]>([
    ["no signature", /not signed/, `SAMLRequest=${encodeURIComponent(good)}`],
    ["another's key", /key of its sender/, signedQuery(good, foreign)],
    [
      "another state than was signed",
      /key of its sender/,
      signedQuery(good, own).replace("RelayState=state", "RelayState=other"),
    ],
    ["the state taken away", /key of its sender/, signedQuery(good, own).replace("RelayState=state&", "")],
    ["two messages", /two SAMLRequest/, `${signedQuery(good, own)}&SAMLRequest=${encodeURIComponent(good)}`],
    ["two states", /two RelayState/, `${signedQuery(good, own)}&RelayState=other`],
    [
      "SHA-1",
      /algorithm/,
      signedQuery(good, own, { algorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1", hash: "sha1" }),
    ],
    ["a signature without its algorithm", /not whole/, signedQuery(good, own).replace(/SigAlg=[^&]*&/, "")],
    ["an algorithm without a signature", /not whole/, signedQuery(good, own).replace(/&Signature=.*/, "")],
    ["a signature inside", /signed inside/, signedQuery(packed(signed), own)],
    ["what unpacks to more than it may", /too long/, signedQuery(packed(" ".repeat(50_000_000)), own)],
    ["what does not unpack", /unpacked/, signedQuery(Buffer.from("<a/>").toString("base64"), own)],
    ["nothing", /unpacked/, ""],
    ["half an escape", /encoded/, "SAMLRequest=%E0%A4%A"],
  ])("%s is refused", async (_name, detail, query) => {
    await expect(redirect(query)).rejects.toThrow(refusal(detail));
  });
});

describe("what a request asks", () => {
  const asked = async (change: Parameters<typeof requestText>[0]) => {
    const { message, sender } = await post(signedText(requestText(change), own));
    return readAuthnRequest(message, sender);
  };

  test("an answer at the first of its addresses, or at the one it names", async () => {
    expect(await asked({})).toMatchObject({
      id: "_request",
      consumer: "https://pharmacy.example/acs",
      forceAuthn: false,
    });
    const second = { AssertionConsumerServiceURL: "https://pharmacy.example/acs/2" };
    expect(await asked({ attributes: second })).toMatchObject({ consumer: "https://pharmacy.example/acs/2" });
    expect(await asked({ attributes: { AssertionConsumerServiceIndex: "1" } })).toMatchObject({
      consumer: "https://pharmacy.example/acs/2",
    });
  });

  test.each([
    ["https://evil.example/acs"],
    ["https://pharmacy.example/acs/"],
    ["https://pharmacy.example/acs?x"],
    ["HTTPS://pharmacy.example/acs"],
    [""],
  ])("no answer at %s: the configuration does not have it", async url => {
    await expect(asked({ attributes: { AssertionConsumerServiceURL: url } })).rejects.toThrow(refusal(/no service/));
  });

  test.each([
    [{ AssertionConsumerServiceIndex: "7" }, /no service/],
    [{ AssertionConsumerServiceIndex: "" }, /no service/],
    [{ ProtocolBinding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact" }, /another binding/],
  ])("no answer by %j", async (attributes, detail) => {
    await expect(asked({ attributes })).rejects.toThrow(refusal(detail));
  });

  test("another form of name, another subject, a comparison of its own: not offered, and said", async () => {
    const policy = (format: string) => ({
      content: `<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:${format}"/>`,
    });
    expect((await asked(policy("2.0:nameid-format:persistent"))).unsupported).toBeUndefined();
    expect((await asked(policy("1.1:nameid-format:unspecified"))).unsupported).toBeUndefined();
    expect((await asked(policy("2.0:nameid-format:transient"))).unsupported).toBe("invalid-name-id-policy");
    const subject = { content: "<saml:Subject><saml:NameID>somebody</saml:NameID></saml:Subject>" };
    expect((await asked(subject)).unsupported).toBe("request-unsupported");
    const compared = { content: '<samlp:RequestedAuthnContext Comparison="any"/>' };
    await expect(asked(compared)).rejects.toThrow(refusal(/Comparison/));
  });
});
