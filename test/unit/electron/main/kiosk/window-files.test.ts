import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readWindowFiles } from "../../../../../electron/main/kiosk/window-files.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-test-"));
});

afterEach(() => rm(folder, { recursive: true }));

test("files are known by their paths, the page also as the root", () => {
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<p>");
  writeFileSync(join(folder, "assets", "window.js"), "1");
  const files = readWindowFiles(folder);
  expect([...files.keys()].sort()).toEqual(["/", "/assets/window.js", "/index.html"]);
  expect(files.get("/assets/window.js")?.mediaType).toBe("text/javascript; charset=utf-8");
});

test("a kind of file that a window does not need is not served", () => {
  writeFileSync(join(folder, "index.html"), "<p>");
  writeFileSync(join(folder, "window.js.map"), "{}");
  expect(readWindowFiles(folder).has("/window.js.map")).toBe(false);
});

test("where nothing is built, the remedy is told", () => {
  expect(() => readWindowFiles(folder)).toThrow("vite build");
  expect(() => readWindowFiles(join(folder, "nowhere"))).toThrow("vite build");
});
