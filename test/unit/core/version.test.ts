import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { version } from "../../../core/version.ts";

test("is the one in package.json", () => {
  const file = new URL("../../../package.json", import.meta.url);
  expect(JSON.parse(readFileSync(file, "utf8")).version).toBe(version);
});
