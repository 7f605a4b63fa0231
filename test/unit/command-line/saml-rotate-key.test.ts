import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openSamlKeys } from "../../../broker/saml/saml-keys.ts";
import { samlRotateKey } from "../../../command-line/commands/saml-rotate-key.ts";

let folder: string;
let complaint: string;
let said: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-saml-rotate-"));
  complaint = "";
  said = "";
  vi.spyOn(console, "log").mockImplementation(text => {
    said += text;
  });
  vi.spyOn(console, "error").mockImplementation(text => {
    complaint += text;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

test("the key that was announced signs from now on, and another is announced", async () => {
  const config = join(folder, "broker.json");
  const door = { host: "127.0.0.1", port: 1, origin: "https://127.0.0.1:1" };
  const places = [{ id: "ward", name: "Ward", helpdeskPhone: "1", graceSeconds: 0 }];
  const trust = { anchors: ["a.pem"], intermediates: [], crls: [] };
  writeFileSync(
    config,
    JSON.stringify({ store: "broker.sqlite", agents: door, web: door, trust, places, applications: [] }),
  );
  const before = await openSamlKeys(join(folder, "broker.sqlite.saml"), Date.now());
  expect(await samlRotateKey(["--config", config, "--json"])).toBe(0);
  const after = JSON.parse(readFileSync(join(folder, "broker.sqlite.saml"), "utf8"));
  expect(after.current).toEqual(before.next);
  expect(after.next).not.toEqual(before.next);
  const fingerprint = (pem: string) => new X509Certificate(pem).fingerprint256;
  expect(JSON.parse(said)).toEqual({
    signing: fingerprint(after.current.certificate),
    announced: fingerprint(after.next.certificate),
  });
  // Finding the primes of a long RSA key takes as long as it takes.
}, 120_000);

test("without a configuration it changes nothing, and says what it wants", async () => {
  expect(await samlRotateKey([])).toBe(2);
  expect(complaint).toContain("--config FILE");
  expect(await samlRotateKey(["--config", join(folder, "none.json")])).toBe(1);
  expect(complaint).toContain("none.json");
});
