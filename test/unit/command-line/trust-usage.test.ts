import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { trustAlias } from "../../../command-line/commands/trust-alias.ts";
import { trustApply } from "../../../command-line/commands/trust-apply.ts";
import { trustCheck } from "../../../command-line/commands/trust-check.ts";
import { trustSign, withCertificates } from "../../../command-line/commands/trust-sign.ts";
import { trustStatus } from "../../../command-line/commands/trust-status.ts";
import { trustDocument } from "../../../core/trust-policy/trust-document.ts";
import { goodHouse } from "../../fixtures/certificate-factory.ts";

const said = { output: "", complaint: "" };

beforeEach(() => {
  Object.assign(said, { output: "", complaint: "" });
  vi.spyOn(console, "log").mockImplementation(text => {
    said.output += text;
  });
  vi.spyOn(console, "error").mockImplementation(text => {
    said.complaint += text;
  });
});
afterEach(() => vi.restoreAllMocks());

test.each([
  ["sign", trustSign, [], 2],
  ["sign", trustSign, ["--key", "none.pem", "none.json"], 1],
  ["apply", trustApply, ["bundle"], 2],
  ["check", trustCheck, ["--config", "none.json"], 2],
  ["check", trustCheck, ["--config", "none.json", "bundle"], 1],
  ["status", trustStatus, [], 2],
  ["status", trustStatus, ["--config", "none.json"], 1],
  ["alias", trustAlias, ["--config", "none.json", "--add", "1"], 2],
  ["alias", trustAlias, ["--config", "none.json", "--remove", "1"], 1],
] as const)("trust %s %j complains", async (name, command, words, status) => {
  expect(await command([...words])).toBe(status);
  expect(said).toEqual({
    output: "",
    complaint: expect.stringContaining(status === 2 ? `wardkey trust ${name}` : "none.json"),
  });
});

test.each([trustAlias, trustApply, trustCheck, trustSign, trustStatus])("asked for help, helps", async command => {
  expect(await command(["--help"])).toBe(0);
  expect(said).toEqual({ output: expect.stringContaining("wardkey trust"), complaint: "" });
});

test("the document that docs/trust.md shows is one", () => {
  const page = readFileSync(fileURLToPath(new URL("../../../docs/trust.md", import.meta.url)), "utf8");
  const shown = /```json\n([\s\S]+?)```/.exec(page)?.[1] ?? "";
  const folder = mkdtempSync(join(tmpdir(), "wardkey-trust-"));
  try {
    const { root, issuing } = goodHouse();
    const pem = (der: Uint8Array) => new X509Certificate(der).toString();
    writeFileSync(join(folder, "root.pem"), pem(root.certificate));
    writeFileSync(join(folder, "issuing.pem"), pem(issuing.certificate));
    const document = trustDocument.parse(withCertificates(JSON.parse(shown), folder));
    expect(document.domains[0]?.revocation.whenOld).toEqual({ rule: "allow", hours: 12 });
    expect(() => trustDocument.parse(JSON.parse(shown))).toThrow("a certificate");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
