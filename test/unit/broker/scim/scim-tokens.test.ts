import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newScimToken, ScimTokens } from "../../../../broker/scim/scim-tokens.ts";

let folder: string;
let now: number;
let tokens: ScimTokens;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-tokens-"));
  now = 0;
  tokens = new ScimTokens(
    ["hr", "agency"].map(id => ({ id, tokenFile: fileOf(id) })),
    { now: () => now },
  );
  for (const id of ["hr", "agency"]) writeFileSync(fileOf(id), "");
});
afterEach(() => rmSync(folder, { recursive: true }));

function fileOf(id: string): string {
  return join(folder, `${id}.tokens`);
}

describe("a token", () => {
  test("has 256 bits, and is another each time", () => {
    const [one, other] = [newScimToken(), newScimToken()];
    expect(Buffer.from(one.token, "base64url")).toHaveLength(32);
    expect(one.token).not.toBe(other.token);
  });

  test("opens the source whose file has its hash, of several old and new", async () => {
    const [old, fresh, agency] = [newScimToken(), newScimToken(), newScimToken()];
    writeFileSync(fileOf("hr"), `# since spring\n${old.hash}\n\n${fresh.hash.toUpperCase()}\r\n`);
    writeFileSync(fileOf("agency"), agency.hash);
    for (const [{ token }, id] of [
      [old, "hr"],
      [fresh, "hr"],
      [agency, "agency"],
    ] as const)
      expect(await tokens.verdict(`bearer ${token}`)).toEqual({ kind: "source", id });
  });

  test.each([
    ["none", undefined],
    ["another scheme", "Basic aHI6aHI="],
    ["an empty one", "Bearer "],
    ["one that is not known", `Bearer ${newScimToken().token}`],
    ["two", `Bearer ${newScimToken().token} ${newScimToken().token}`],
  ])("is not %s", async (_what, authorization) => {
    writeFileSync(fileOf("hr"), newScimToken().hash);
    expect(await tokens.verdict(authorization)).toEqual({ kind: "refused", often: false });
  });

  test("is not asked for where a file cannot be read", async () => {
    writeFileSync(fileOf("agency"), "a password\n");
    const { token, hash } = newScimToken();
    writeFileSync(fileOf("hr"), hash);
    await expect(tokens.verdict(`Bearer ${token}`)).rejects.toMatchObject({ code: "scim-tokens-unreadable" });
    rmSync(fileOf("agency"));
    await expect(tokens.verdict(`Bearer ${token}`)).rejects.toMatchObject({ code: "scim-tokens-unreadable" });
  });

  test("that is wrong is wrong again a minute after it came too often", async () => {
    const { token, hash } = newScimToken();
    writeFileSync(fileOf("hr"), hash);
    for (let at = 0; at < 10; at += 1) expect(await tokens.verdict("Bearer x")).toMatchObject({ often: false });
    expect(await tokens.verdict("Bearer x")).toMatchObject({ often: true });
    expect(await tokens.verdict(`Bearer ${token}`)).toMatchObject({ kind: "source" });
    now += 60_001;
    expect(await tokens.verdict("Bearer x")).toMatchObject({ often: false });
  });
});
