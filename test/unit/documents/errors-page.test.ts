import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { failureCatalogue, isFailureCode } from "../../../core/errors/catalogue.ts";
import { importGraph, sourcesBelow } from "../../architecture/import-graph.ts";
import { rooms } from "../../architecture/rooms.ts";
import { errorsPage } from "./errors-page.ts";

const root = join(import.meta.dirname, "../../..");

test("docs/errors.md is the catalogue", async () => {
  await expect(errorsPage()).toMatchFileSnapshot(join(root, "docs/errors.md"));
});

test("every code of the catalogue is raised somewhere", () => {
  const folders = rooms.map(room => room.folder).filter(folder => !folder.includes("/"));
  const sources = folders
    .flatMap(folder => sourcesBelow(root, folder))
    .filter(file => !file.startsWith("core/errors/") && !file.startsWith("renderer/i18n/"))
    .map(file => readFileSync(join(root, file), "utf8"))
    .join("\n");
  expect(importGraph(root, ["core"]).length).toBeGreaterThan(0);
  const unused = Object.keys(failureCatalogue).filter(code => !sources.includes(`"${code}"`));
  expect(unused).toEqual([]);
});

test("a text that is no code is not taken for one", () => {
  expect(isFailureCode("pin-wrong")).toBe(true);
  expect(isFailureCode("toString")).toBe(false);
  expect(isFailureCode("something-else")).toBe(false);
});
