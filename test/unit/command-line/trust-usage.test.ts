import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { trustAlias } from "../../../command-line/commands/trust-alias.ts";
import { trustApply } from "../../../command-line/commands/trust-apply.ts";
import { trustCheck } from "../../../command-line/commands/trust-check.ts";
import { trustSign } from "../../../command-line/commands/trust-sign.ts";
import { trustStatus } from "../../../command-line/commands/trust-status.ts";

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
