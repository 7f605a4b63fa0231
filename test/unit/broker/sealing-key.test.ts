import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SealingKey } from "../../../broker/services/sealing-key.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a secret opens for its owner, with the same file, unchanged", () => {
  const file = join(folder, "key");
  const sealed = new SealingKey(file).seal(Buffer.from("secret"), "a");
  expect(new SealingKey(file).open(sealed, "a").toString()).toBe("secret");
  expect(sealed).not.toContain(Buffer.from("secret").toString("base64url"));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(new SealingKey(file).seal(Buffer.from("secret"), "a")).not.toBe(sealed);
});

test("for another owner, with another key, or changed by one byte it does not", () => {
  const key = new SealingKey(join(folder, "key"));
  const sealed = key.seal(Buffer.from("secret"), "a");
  expect(() => key.open(sealed, "b")).toThrow();
  expect(() => new SealingKey(join(folder, "other")).open(sealed, "a")).toThrow();
  const changed = Buffer.from(sealed, "base64url");
  changed.writeUInt8(changed.readUInt8(14) ^ 1, 14);
  expect(() => key.open(changed.toString("base64url"), "a")).toThrow();
});
