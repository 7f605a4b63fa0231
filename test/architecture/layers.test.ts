import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Import, importGraph, importsOf } from "./import-graph.ts";
import { cycles, forbidden } from "./layers.ts";
import { rooms } from "./rooms.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folders = rooms.map(room => room.folder).filter(folder => !folder.includes("/"));
const graph = importGraph(root, folders);

const edge = (from: string, specifier: string, file?: string): Import => ({
  from,
  line: 1,
  specifier,
  file,
  typesOnly: false,
});

describe("who may import whom", () => {
  test("every import of every room is allowed", () => {
    expect(graph.length).toBeGreaterThan(100);
    expect(graph.map(forbidden).filter(sentence => sentence !== undefined)).toEqual([]);
  });

  test("no files import each other in a circle", () => {
    expect(cycles(graph)).toEqual([]);
  });

  test.each([
    [edge("core/card/x.ts", "node:fs"), "core/card/x.ts:1 imports node:fs, but core/ may not see Node."],
    [edge("core/x.ts", "react"), "core/x.ts:1 imports react, but core/ may import no package but asn1js, pkijs, zod."],
    [
      edge("renderer/x.ts", "../broker/x.ts", "broker/x.ts"),
      "renderer/x.ts:1 imports ../broker/x.ts, but renderer/ may import only renderer, core, protocol/window.",
    ],
    [
      edge("electron/agent/x.ts", "../main/x.ts", "electron/main/x.ts"),
      "electron/agent/x.ts:1 imports ../main/x.ts, but electron/agent/ may import only electron/agent, core, protocol.",
    ],
    [edge("attic/x.ts", "zod"), "attic/x.ts stands in no room of test/architecture/rooms.ts."],
  ])("a forbidden import is told in one sentence: %o", (forbiddenEdge, sentence) => {
    expect(forbidden(forbiddenEdge)).toBe(sentence);
  });

  test("a circle is told by the files it passes", () => {
    const circle = [edge("core/a.ts", "./b.ts", "core/b.ts"), edge("core/b.ts", "./a.ts", "core/a.ts")];
    expect(cycles(circle)).toEqual(["core/a.ts → core/b.ts → core/a.ts"]);
  });

  test("imports are found in every way they can be written", () => {
    const text = [
      'import { a } from "./a.ts";',
      'import type { B } from "../b.ts";',
      'export * from "./c.ts";',
      'import "./d.css";',
      "import {",
      "  e,",
      '} from "node:fs";',
      'const f = await import("./f.ts");',
      'fork(new URL("../main.ts", import.meta.url));',
    ].join("\n");
    expect(importsOf("core/x/y.ts", text).map(found => [found.file ?? found.specifier, found.typesOnly])).toEqual([
      ["core/x/a.ts", false],
      ["core/b.ts", true],
      ["core/x/c.ts", false],
      ["core/x/d.css", false],
      ["node:fs", false],
      ["core/x/f.ts", false],
      ["core/main.ts", false],
    ]);
  });
});
