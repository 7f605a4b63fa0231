import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { KeptFiles } from "../../../../broker/trust/kept-files.ts";

let folder: string;
let warned: string[];
let files: KeptFiles;
const source = "http://pki.invalid/a.crl";
const answer = {
  bytes: Uint8Array.of(0x30, 0x0a, 0x7b, 0),
  notes: { source, fetchedAt: 5, entityTag: '"x"' },
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-kept-"));
  warned = [];
  files = new KeptFiles(join(folder, "kept"), { info() {}, warn: event => warned.push(event) });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kept = () => readdirSync(join(folder, "kept"));

describe("what a source sent", () => {
  test("is read as it was kept, and the last of it only", async () => {
    await files.save(answer);
    await files.save({ ...answer, bytes: Uint8Array.of(1, 2) });
    expect(await files.load(source)).toEqual({ ...answer, bytes: Uint8Array.of(1, 2) });
    expect(kept()).toHaveLength(1);
    expect(await files.load("http://pki.invalid/b.crl")).toBeUndefined();
    expect(warned).toEqual([]);
  });

  test("is the broker's alone", async () => {
    await files.save(answer);
    expect(statSync(join(folder, "kept", kept()[0] ?? "")).mode & 0o77).toBe(0);
    expect(statSync(join(folder, "kept")).mode & 0o77).toBe(0);
  });

  test("is not what was half written: that stands beside its place", async () => {
    await files.save(answer);
    const [name = ""] = kept();
    writeFileSync(join(folder, "kept", `${name}.new`), "{");
    expect((await files.load(source))?.bytes).toEqual(answer.bytes);
  });

  test("and cannot be kept or read is said, and stops nothing", async () => {
    await files.save(answer);
    const [name = ""] = kept();
    rmSync(join(folder, "kept"), { recursive: true });
    writeFileSync(join(folder, "kept"), "no folder");
    chmodSync(join(folder, "kept"), 0o600);
    await files.save(answer);
    expect(await files.load(source)).toBeUndefined();
    expect([name.length, warned]).toEqual([64, ["revocation-data-unkept", "revocation-data-unkept"]]);
  });
});
