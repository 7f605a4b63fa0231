import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findChromium } from "../../../../native-bindings/workstation/find-chromium.ts";

let base: string;

function program(folder: string, name: string, mode: number): string {
  mkdirSync(join(base, folder), { recursive: true });
  const file = join(base, folder, name);
  writeFileSync(file, "");
  chmodSync(file, mode);
  return file;
}

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "wardkey-test-"));
});

afterEach(() => rm(base, { recursive: true }));

test("Debian's name comes before others, wherever it is on the path", () => {
  program("first", "google-chrome", 0o755);
  const chromium = program("second", "chromium", 0o755);
  expect(findChromium(`${base}/first::${base}/second`)).toBe(chromium);
});

test("where there is only Chrome, it is taken", () => {
  const chrome = program("first", "google-chrome", 0o755);
  expect(findChromium(`${base}/first`)).toBe(chrome);
});

test("what cannot be executed is none, and neither is nothing", () => {
  program("first", "chromium", 0o644);
  expect(findChromium(`${base}/first`)).toBeUndefined();
  expect(findChromium("")).toBeUndefined();
});
