import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { configCommand } from "../../../command-line/config-command.ts";

let said: string;
let complaint: string;

beforeEach(() => {
  said = "";
  complaint = "";
  vi.spyOn(console, "log").mockImplementation(text => {
    said += text;
  });
  vi.spyOn(console, "error").mockImplementation(text => {
    complaint += text;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

const help = "wardkey thing --config FILE [--json] NAME";
const work = vi.fn(async (_config: string, _json: boolean, _name: string) => 7);

test("the work gets its words, and its exit status is the command's", async () => {
  expect(await configCommand<[string]>(["--config", "a.json", "--json", "x"], help, work, 1)).toBe(7);
  expect(work).toHaveBeenCalledExactlyOnceWith("a.json", true, "x");
});

test.each([
  ["nothing", []],
  ["no configuration", ["x"]],
  ["no name", ["--config", "a.json"]],
  ["a name too many", ["--config", "a.json", "x", "y"]],
])("%s: help, and nothing is done", async (_what, words) => {
  work.mockClear();
  expect(await configCommand<[string]>(words, help, work, 1)).toBe(2);
  expect(complaint).toBe(help);
  expect(work).not.toHaveBeenCalled();
});

test("help that was asked for is no failure", async () => {
  expect(await configCommand<[string]>(["--help"], help, work, 1)).toBe(0);
  expect(said).toBe(help);
});

test("what goes wrong is said in words", async () => {
  const failing = () => Promise.reject(new Error("the store is elsewhere"));
  expect(await configCommand(["--config", "a.json"], help, failing)).toBe(1);
  expect(complaint).toBe("wardkey: the store is elsewhere");
});

test("an unknown word is refused", async () => {
  await expect(configCommand(["--config", "a.json", "x"], help, async () => 0)).rejects.toThrow(TypeError);
  await expect(configCommand(["--confg", "a.json"], help, async () => 0)).rejects.toThrow("--confg");
});
