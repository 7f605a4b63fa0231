import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makePrivateFolder, removePrivateFolder } from "../../../../native-bindings/workstation/private-folder.ts";

let base: string;
const home = () => join(base, `wardkey-${userInfo().uid}`);

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "wardkey-test-"));
});

afterEach(() => rm(base, { recursive: true }));

test("the folder and the one it is in are this user's alone", () => {
  const folder = makePrivateFolder(base);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(home()).mode & 0o777).toBe(0o700);
});

test("a folder that others can enter is not trusted", () => {
  mkdirSync(home());
  chmodSync(home(), 0o755);
  expect(() => makePrivateFolder(base)).toThrow("only this user");
});

test("a file in its place is not trusted", () => {
  writeFileSync(home(), "");
  expect(() => makePrivateFolder(base)).toThrow();
});

test("what is removed is gone with all that is in it", async () => {
  const folder = makePrivateFolder(base);
  writeFileSync(join(folder, "cookies"), "holder");
  await removePrivateFolder(folder);
  expect(readdirSync(home())).toEqual([]);
});

test("what a dead process left behind is removed; what a living one has is not", () => {
  const mine = makePrivateFolder(base);
  // Above the highest process number that Linux gives (PID_MAX_LIMIT, 2^22).
  const dead = mine.replace(`-${process.pid}-`, "-9999999-");
  const elsewhere = mine.replace(/[^/]*$/, "1-9999999-abcdef");
  mkdirSync(dead);
  mkdirSync(elsewhere);
  makePrivateFolder(base);
  expect([mine, dead, elsewhere].map(folder => existsSync(folder))).toEqual([true, false, true]);
});
