import { constants, createDecipheriv, privateDecrypt } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { namespaces } from "../../../../broker/saml/names.ts";
import { childOf, readXml, type XmlElement } from "../../../../broker/saml/read-xml.ts";
import { samlAddresses } from "../../../../broker/saml/saml-addresses.ts";
import { SamlAnswers } from "../../../../broker/saml/saml-answers.ts";
import type { SamlApplication } from "../../../../broker/saml/saml-application.ts";
import { openSamlKeys, rotateSamlKeys, type SamlKeys } from "../../../../broker/saml/saml-keys.ts";
import { nameIdOf } from "../../../../broker/saml/subject.ts";
import { verifyXml } from "../../../../broker/saml/verify-xml.ts";
import type { Session } from "../../../../core/session/session.ts";
import { consumer, pharmacy, samlNow, serviceProviderKey } from "../../../fixtures/saml-service-provider.ts";

/** Finding the primes of a long RSA key takes as long as it takes. */
const keysTake = 120_000;
const own = serviceProviderKey();
let folder: string;
let keys: SamlKeys;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-saml-keys-"));
  keys = await openSamlKeys(join(folder, "keys"), samlNow);
}, keysTake);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const session: Session = {
  id: "session",
  holder: {
    id: "899700075064",
    displayName: 'Zoé <O\'Hara> & "fils"',
    profession: "physician",
    professionCode: 10,
  },
  means: "card-pin",
  openedAt: samlNow - 3_600_000,
  provenAt: samlNow - 1_800_000,
  expiresAt: samlNow + 3_600_000,
  seat: { id: "seat", workstation: "A", state: "open" },
  absentSince: undefined,
};
const workstation = { id: "A", name: "Post A", place: "ward" };
const holder = {
  state: "entitled",
  session,
  workstation,
  record: { at: samlNow, act: "application-launched" },
} as const;

function application(change: Partial<SamlApplication["settings"]> = {}): SamlApplication {
  const provider = { ...pharmacy(own), encryptionCertificate: own.certificate };
  return {
    id: "pharmacy",
    provider,
    settings: { nameId: { format: "persistent", value: "pairwise" }, encryptAssertions: false, ...change },
  };
}

function textTo(to: SamlApplication, inResponseTo: string | undefined): string {
  const clock = { now: () => samlNow };
  const answers = new SamlAnswers({ addresses: samlAddresses("https://wardkey.example"), keys, clock });
  return answers.signIn(holder, to, { destination: consumer, inResponseTo }).response.text;
}

function answered(to = application(), inResponseTo: string | undefined = "_request"): XmlElement {
  return readXml(textTo(to, inResponseTo));
}

/** The first element of this name, however deep. */
function find(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element;
  return element.children.map(child => find(child, name)).find(found => found !== undefined);
}

describe("an answer", () => {
  test("says to whom, until when, for which request, and when the holder proved himself", () => {
    const response = answered();
    expect(response.attributes).toMatchObject({ Destination: consumer, InResponseTo: "_request" });
    expect(find(response, "SubjectConfirmationData")?.attributes).toEqual({
      InResponseTo: "_request",
      NotOnOrAfter: "2026-06-15T12:01:00.000Z",
      Recipient: consumer,
    });
    expect(find(response, "Conditions")?.attributes["NotOnOrAfter"]).toBe("2026-06-15T12:01:00.000Z");
    expect(find(response, "Audience")?.text).toBe("https://pharmacy.example");
    expect(find(response, "AuthnStatement")?.attributes).toMatchObject({
      AuthnInstant: "2026-06-15T11:30:00.000Z",
      SessionNotOnOrAfter: "2026-06-15T13:00:00.000Z",
    });
    expect(find(response, "AuthnContextClassRef")?.text).toMatch(/:SmartcardPKI$/);
  });

  test("that nobody asked for answers no request", () => {
    const response = readXml(textTo(application(), undefined));
    expect(response.attributes).not.toHaveProperty("InResponseTo");
    expect(find(response, "SubjectConfirmationData")?.attributes).not.toHaveProperty("InResponseTo");
  });

  test("carries the holder's name whatever stands in it, and leaves out what is not known", () => {
    const values = new Map(
      find(answered(), "AttributeStatement")?.children.map(({ attributes, children }) => [
        attributes["Name"],
        children.map(({ text }) => text),
      ]),
    );
    expect(values.get("name")).toEqual([session.holder.displayName]);
    expect(values.get("SubjectRole")).toEqual(["10^1.2.250.1.213.1.1.5.5"]);
    expect(values.has("SubjectOrganizationID")).toBe(false);
  });

  test("to one who is to be given nothing but a name has no attributes", () => {
    expect(find(answered(application({ attributes: {} })), "AttributeStatement")).toBeUndefined();
  });

  test("is signed twice: the assertion in itself, too", () => {
    const text = textTo(application(), "_request");
    const assertion = /<saml:Assertion .*<\/saml:Assertion>/s.exec(text)?.[0] ?? "";
    expect(childOf(readXml(text), namespaces.signature, "Signature")).toBeDefined();
    expect(verifyXml(assertion, [keys.current.certificate]).name).toBe("Assertion");
    expect(() => verifyXml(assertion, [keys.next.certificate])).toThrow();
  });

  test("that is encrypted opens with the reader's key, and with no other", () => {
    const response = answered(application({ encryptAssertions: true }));
    expect(find(response, "Assertion")).toBeUndefined();
    const [wrapped, data] = [find(response, "EncryptedKey"), find(response, "EncryptedData")];
    const bytesIn = (element: XmlElement | undefined) => {
      const inside = element && childOf(element, namespaces.encryption, "CipherData");
      return Buffer.from((inside && find(inside, "CipherValue"))?.text ?? "", "base64");
    };
    const open = (key: string) =>
      privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" }, bytesIn(wrapped));
    const bytes = bytesIn(data);
    const decipher = createDecipheriv("aes-256-gcm", open(own.key), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(-16));
    const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString();
    expect(verifyXml(text, [keys.current.certificate]).name).toBe("Assertion");
    expect(() => open(serviceProviderKey().key)).toThrow();
    expect(readXml(text).name).toBe("Assertion");
  });
});

describe("a holder's name at an application", () => {
  const named = (change: Partial<SamlApplication["settings"]>, entityId = "sp", id = "899700075064") => {
    const known = application(change);
    const provider = { ...known.provider, entityId };
    return nameIdOf({ holder: { ...session.holder, id } }, { ...known, provider }, keys).value;
  };

  test("pairwise: the same each time, another for each application and each holder", () => {
    const first = named({});
    expect(named({})).toBe(first);
    expect(first).not.toContain("899700075064");
    expect(new Set([first, named({}, "other"), named({}, "sp", "899700075065")]).size).toBe(3);
  });

  test("transient: another each time", () => {
    expect(named({ nameId: { format: "transient" } })).not.toBe(named({ nameId: { format: "transient" } }));
  });

  test("by the national identifier, plain or at a domain", () => {
    expect(named({ nameId: { format: "unspecified" } })).toBe("899700075064");
    expect(named({ nameId: { format: "persistent", value: "national-identifier" } })).toBe("899700075064");
    expect(named({ nameId: { format: "emailAddress", domain: "chu.example" } })).toBe("899700075064@chu.example");
  });
});

test(
  "keys: only the broker's user reads them; the next takes over, and names stay",
  async () => {
    const file = join(folder, "keys");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await openSamlKeys(file, samlNow)).toEqual(keys);
    const rotated = await rotateSamlKeys(file, samlNow);
    expect(rotated.current).toEqual(keys.next);
    expect(rotated.next).not.toEqual(keys.next);
    expect(rotated.pairwise).toBe(keys.pairwise);
    expect(await openSamlKeys(file, samlNow)).toEqual(rotated);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  },
  keysTake,
);
