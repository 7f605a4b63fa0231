import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keyringAnswers, SecretStore } from "../../../../native-bindings/secret-store/secret-store.ts";

let directory: string;
let store: SecretStore;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "wardkey-secrets-"));
  store = new SecretStore(join(directory, "secrets"));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

// Whether this machine has a keyring or not: one place for all, for as long as the process lives.
test("every secret goes to the same place, and is read back from there", () => {
  const places = ["one", "two", "three"].map(name => store.write(`test-${name}`, `secret ${name}`));
  expect(new Set(places).size).toBe(1);
  expect(places[0] === "keyring").toBe(keyringAnswers());
  expect(store.read("test-two")).toBe("secret two");
  expect(store.read("test-none")).toBeUndefined();
});

test("a file is its user's alone, and is told", () => {
  const place = store.write("test-file", "secret");
  const file = store.fileOf("test-file");
  expect(file !== undefined).toBe(place === "file");
  expect(file === undefined ? 0o600 : statSync(file).mode & 0o777).toBe(0o600);
  expect(store.fileOf("test-none")).toBeUndefined();
  expect(existsSync(join(directory, "secrets"))).toBe(place === "file");
});
