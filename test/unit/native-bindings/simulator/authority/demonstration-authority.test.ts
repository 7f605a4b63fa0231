import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCertificate } from "../../../../../core/certificate/certificate.ts";
import { readHolderIdentity } from "../../../../../core/identity/holder-identity.ts";
import {
  type DemonstrationAuthority,
  openDemonstrationAuthority,
} from "../../../../../native-bindings/simulator/authority/demonstration-authority.ts";
import {
  type DemonstrationCard,
  demonstrationCards,
} from "../../../../../native-bindings/simulator/authority/demonstration-cards.ts";
import { clientAuthentication, day, factoryDemand, verdictOf } from "../../../../fixtures/certificate-factory.ts";

const now = Date.now();
let directory: string;
let authority: DemonstrationAuthority;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "wardkey-authority-"));
  authority = openDemonstrationAuthority(join(directory, "pki"), now);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const card = (id: string): DemonstrationCard => {
  const found = demonstrationCards.find(one => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

function verdictOn(id: string, at = now, purposes = [clientAuthentication]) {
  const pem = (file: string) => new Uint8Array(new X509Certificate(readFileSync(file)).raw);
  const material = {
    anchors: authority.anchors.map(pem),
    intermediates: authority.intermediates.map(pem),
    crls: authority.crls.map(file => new Uint8Array(readFileSync(file))),
  };
  const leaf = new Uint8Array(authority.keysOf(card(id)).authentication.certificate);
  return verdictOf(material, leaf, { ...factoryDemand, at, purposes: { rule: "one-named", of: purposes } });
}

describe("the demonstration authority", () => {
  test.each([
    ["physician", "valid"],
    ["nurse", "valid"],
    ["expired", "expired"],
    ["revoked", "revoked"],
    ["unknown-authority", "signature-wrong"],
    ["copied", "valid"],
  ])("its card %s is %s", (id, verdict) => {
    expect(verdictOn(id)).toBe(verdict);
  });

  test("a good card is not good for anything else, nor for ever", () => {
    expect(verdictOn("nurse", now, ["1.3.6.1.5.5.7.3.4"])).toBe("purpose-missing");
    expect(verdictOn("nurse", now + 8 * day)).toBe("revocation-unknown");
    expect(verdictOn("nurse", now + 2000 * day)).toBe("expired");
  });

  test("each card's key is its certificate's, but for the copied one", () => {
    for (const one of demonstrationCards) {
      const { authentication, presence } = authority.keysOf(one);
      for (const { key, certificate } of [authentication, presence]) {
        const own = new X509Certificate(certificate).checkPrivateKey(key);
        expect(own, one.id).toBe(one.fault !== "copied");
      }
    }
  });

  test("the persons are TEST persons with their professions", () => {
    const identity = readHolderIdentity(readCertificate(authority.keysOf(card("nurse")).authentication.certificate));
    expect(identity).toMatchObject({
      subjectNameId: "899700218896",
      givenName: "Inès",
      familyName: "MOREL",
      professionCode: 60,
      cardFamily: "CPS",
      isTest: true,
    });
  });

  test("keys can be read by their owner alone", () => {
    authority.keysOf(card("nurse"));
    const files = readdirSync(join(directory, "pki"), { recursive: true, encoding: "utf8" });
    const keys = files.filter(name => name.endsWith(".key"));
    expect(keys).toEqual(expect.arrayContaining(["root.key", "issuing.key", "card-nurse/presence.key"]));
    for (const name of keys) expect(statSync(join(directory, "pki", name)).mode & 0o077, name).toBe(0);
    expect(createPrivateKey(readFileSync(join(directory, "pki", "root.key"))).asymmetricKeyType).toBe("rsa");
  });

  test("opened again it is the same one; its lists are renewed when half of their time is over", () => {
    const list = () => readFileSync(authority.crls[1] ?? "").toString("hex");
    const before = list();
    const certificate = authority.keysOf(card("nurse")).authentication.certificate;
    const again = openDemonstrationAuthority(join(directory, "pki"), now + 3 * day);
    expect(Buffer.from(again.keysOf(card("nurse")).authentication.certificate).equals(certificate)).toBe(true);
    expect(list()).toBe(before);
    openDemonstrationAuthority(join(directory, "pki"), now + 4 * day);
    expect(list()).not.toBe(before);
    expect(verdictOn("nurse", now + 8 * day)).toBe("valid");
    expect(verdictOn("revoked", now + 8 * day)).toBe("revoked");
  });

  test("no two cards have the same number, but for two faces of one chip, and every PIN is one", () => {
    const own = demonstrationCards.filter(({ sameChipAs }) => sameChipAs === undefined);
    expect(new Set(own.map(one => one.chip)).size).toBe(own.length);
    for (const one of demonstrationCards) {
      if (one.sameChipAs !== undefined) expect(one.chip).toBe(card(one.sameChipAs).chip);
      expect(one.chip).toMatch(/^[0-9a-f]{32}$/);
      // A German PIN and a PIV one have at least six digits; a French one four, an Italian one five.
      expect(one.pin).toMatch(one.kind === "piv" || one.kind === "hba" ? /^\d{6,8}$/ : /^\d{4,8}$/);
      expect(one.unblockingCode).toMatch(/^\d{8}$/);
    }
  });
});
