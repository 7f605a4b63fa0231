import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DirectoryReading } from "../../../../broker/directory/directory-entry.ts";
import { FileSource } from "../../../../broker/directory/file-source.ts";
import { UnsettledSource } from "../../../../broker/directory/unsettled-source.ts";

let folder: string;
const file = () => join(folder, "staff.csv");
const signal = new AbortController().signal;
const good = "id,displayName,active\n1,A,yes\n";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-directory-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const source = () => new FileSource({ id: "staff", kind: "csv", file: file(), intervalSeconds: 2 });

/** As a program does that knows its trade. */
function bring(text: string): void {
  writeFileSync(`${file()}.new`, text);
  renameSync(`${file()}.new`, file());
}

async function whole(reading: DirectoryReading): Promise<{ names: string[]; watermark: string | undefined }> {
  if (!("entries" in reading)) throw new Error(reading.extent);
  const names = [];
  for await (const entry of reading.entries) names.push(entry.key);
  return { names, watermark: reading.watermark() };
}

test("a file is read when it is new, and once it has changed and stood still", async () => {
  bring(good);
  const files = source();
  const { names, watermark } = await whole(await files.read(undefined, signal));
  expect(names).toEqual(["1"]);
  expect(await files.read(watermark, signal)).toEqual({ extent: "unchanged" });
  bring(`${good}2,B,yes\n`);
  expect(await files.read(watermark, signal)).toEqual({ extent: "unsettled" });
  bring(`${good}3,C,yes\n`);
  expect(await files.read(watermark, signal)).toEqual({ extent: "unsettled" });
  expect((await whole(await files.read(watermark, signal))).names).toEqual(["1", "3"]);
});

test("one that is replaced while it is read does not count", async () => {
  bring(good);
  const reading = await source().read(undefined, signal);
  bring(`${good}2,B,yes\n`);
  await expect(whole(reading)).rejects.toBeInstanceOf(UnsettledSource);
});

test("one that was refused is told again without being read, until it changes", async () => {
  bring("nonsense\n");
  const files = source();
  const refused = { code: "directory-data-unreadable", detail: expect.stringContaining(file()) };
  await expect(files.read(undefined, signal).then(whole)).rejects.toMatchObject(refused);
  await expect(files.read(undefined, signal)).rejects.toMatchObject(refused);
  bring(good);
  expect((await whole(await files.read(undefined, signal))).names).toEqual(["1"]);
});

test("one that is not there is unreachable", async () => {
  await expect(source().read(undefined, signal)).rejects.toMatchObject({ code: "directory-source-unreachable" });
});

test("reading ends early when the broker does", async () => {
  bring(good);
  const ended = new AbortController();
  const reading = await source().read(undefined, ended.signal);
  ended.abort();
  await expect(whole(reading)).rejects.toMatchObject({ code: "directory-source-unreachable" });
});
