import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LogFields } from "../../../../core/ports/log.ts";
import { keptLog, keptLogFiles } from "../../../../electron/main/kept-log.ts";

let state: string;
let passed: [string, string, LogFields | undefined][];
const clock = { now: () => Date.UTC(2026, 0, 2) };
const log = {
  info: (event: string, fields?: LogFields) => void passed.push(["info", event, fields]),
  warn: (event: string, fields?: LogFields) => void passed.push(["warn", event, fields]),
};

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "wardkey-log-"));
  passed = [];
});

afterEach(() => rmSync(state, { recursive: true, force: true }));

test("passes on and keeps, one JSON object a line, for its user alone", () => {
  const kept = keptLog(log, state, clock);
  kept.info("stage", { ms: 3 });
  kept.warn("call-failed");
  expect(passed).toEqual([
    ["info", "stage", { ms: 3 }],
    ["warn", "call-failed", undefined],
  ]);
  const [, file] = keptLogFiles(state);
  expect(
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map(line => JSON.parse(line)),
  ).toEqual([
    { at: "2026-01-02T00:00:00.000Z", level: "info", event: "stage", ms: 3 },
    { at: "2026-01-02T00:00:00.000Z", level: "warn", event: "call-failed" },
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("begins a new file at half a megabyte, even of an earlier run, and keeps one older", () => {
  const [older, file] = keptLogFiles(state);
  writeFileSync(older, "oldest\n");
  writeFileSync(file, "x".repeat(512 * 1024 + 1));
  keptLog(log, state, clock).info("stage");
  expect(statSync(older).size).toBe(512 * 1024 + 1);
  expect(readFileSync(file, "utf8")).toContain('"stage"');
});

test("a folder that takes nothing keeps nothing, and all is passed on", () => {
  keptLog(log, join(state, "nowhere"), clock).warn("call-failed");
  expect(passed).toHaveLength(1);
});
