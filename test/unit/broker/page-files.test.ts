import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readPageFiles } from "../../../broker/routes/page-files.ts";

let folder: string;

beforeEach(() => {
  folder = `${mkdtempSync(join(tmpdir(), "wardkey-test-"))}/`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the built console is read once, and nothing but its own kinds of file", () => {
  mkdirSync(`${folder}console/assets`, { recursive: true });
  writeFileSync(`${folder}console/index.html`, "<!doctype html>");
  writeFileSync(`${folder}console/assets/index.js`, "0");
  writeFileSync(`${folder}console/assets/index.js.map`, "0");
  const { page, assets } = readPageFiles("console", folder);
  expect(page.mediaType).toContain("text/html");
  expect([...assets.keys()]).toEqual(["index.js"]);
});

test("one that is not built says how it is", () => {
  expect(() => readPageFiles("own", folder)).toThrow("vite build --config renderer/vite.config.ts");
});
