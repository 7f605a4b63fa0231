import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { agent } from "../../../command-line/commands/agent.ts";

let state: string;
let said: string[];

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "wardkey-test-"));
  said = [];
  for (const way of ["log", "error"] as const)
    vi.spyOn(console, way).mockImplementation(text => void said.push(`${way}: ${text}`));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(state, { recursive: true });
});

test("help is an answer; words that it does not know are not", async () => {
  expect(await agent(["--help"])).toBe(0);
  expect(await agent([])).toBe(2);
  expect(await agent(["--state", state, "--host", "browser"])).toBe(2);
  expect(said.map(text => text.split(" ")[0])).toEqual(["log:", "error:", "error:"]);
});

test("a workstation that is not enrolled says so, with code and remedy, and ends", async () => {
  expect(await agent(["--state", state, "--headless", "--host", "kiosk"])).toBe(1);
  expect(said.join("\n")).toContain("(workstation-unknown)");
  expect(said.join("\n")).toContain("wardkey enrol");
});
