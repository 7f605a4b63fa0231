import { describe, expect, test } from "vitest";
import { toBase64 } from "../../../../core/bytes/base64.ts";
import { identityProfiles } from "../../../../core/identity/identity-profiles.ts";
import { reportOf } from "../../../../renderer/console/identity/identity-report.ts";
import { readPastedFile, readPastedText } from "../../../../renderer/console/identity/read-pasted.ts";
import { knownRules, readOwnRules } from "../../../../renderer/console/identity/rules-choice.ts";
import { goodHouse } from "../../../fixtures/certificate-factory.ts";

const der = goodHouse().issuing.issue();
const pem = `-----BEGIN CERTIFICATE-----\r\n${toBase64(der).replaceAll(/.{64}/g, "$&\r\n")}\r\n-----END CERTIFICATE-----\n`;
const key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n";

describe("what is pasted", () => {
  test.each([
    ["PEM", pem],
    ["PEM after words and a key", `subject=x\n${key}${pem}`],
    ["the bare base64 of DER", ` ${toBase64(der)}\n`],
  ])("%s is a certificate", (_what, text) => {
    expect(readPastedText(text)).toEqual(der);
  });

  test.each([
    ["nothing", " "],
    ["words", "hello, world!"],
    ["a key alone", key],
    ["half of a PEM", pem.slice(0, 200)],
  ])("%s is none", (_what, text) => {
    expect(readPastedText(text)).toBeUndefined();
  });

  test("files are DER or text", () => {
    expect(readPastedFile(der)).toEqual(der);
    expect(readPastedFile(new TextEncoder().encode(pem))).toEqual(der);
    expect(readPastedFile(Uint8Array.of(0xff, 0xd8, 0xff))).toBeUndefined();
  });
});

describe("rules", () => {
  test("of the trust domains come before those that are shipped", () => {
    const names = knownRules({ domains: [{ id: "ours", profile: identityProfiles.piv }] }).map(({ name }) => name);
    expect(names[0]).toBe("domain:ours");
    expect(names).toContain("health-professional-fr");
  });

  test("of one's own are taken as the trust document would, or told by their faults", () => {
    const good = { name: "x", rules: [{ name: "r", member: "familyName", from: { kind: "email" } }] };
    expect(readOwnRules(JSON.stringify(good))).toMatchObject({ profile: { name: "x", serviceFamilies: [] } });
    expect(readOwnRules("{")).toHaveProperty("faults");
    const bad = { ...good, rules: [{ ...good.rules[0], pattern: "(" }] };
    expect(readOwnRules(JSON.stringify(bad))).toMatchObject({ faults: expect.stringContaining("rules[0].pattern") });
  });
});

describe("the report", () => {
  test("says what the rules found, and that it is nobody yet", () => {
    const report = reportOf(der, identityProfiles["health-professional-fr"]);
    expect(report).toMatchObject({ readable: true, identity: undefined });
    expect(report.readable && report.findings.map(({ member }) => member)).toContain("subjectNameId");
  });

  test("of what is no certificate says so", () => {
    expect(reportOf(der.slice(0, -1), identityProfiles.piv)).toEqual({ readable: false });
  });
});
