import { describe, expect, test } from "vitest";
import type { Tile } from "../../../../protocol/window/view.ts";
import { arrangeTiles } from "../../../../renderer/workstation/portal/arrange-tiles.ts";

const tile = (id: string, more: Partial<Tile> = {}): Tile => ({ id, name: id, icon: "x", open: false, ...more });
const closed = { unavailable: { reason: "means" as const } };
const many = (count: number, more: Partial<Tile> = {}) =>
  Array.from({ length: count }, (_, index) => tile(`t${index}`, more));
const shown = (tiles: readonly Tile[], search = "") =>
  arrangeTiles(tiles, search).map(section => [
    section.kind === "group" ? section.name : section.kind,
    section.tiles.map(({ id }) => id),
  ]);

describe("the portal's sections", () => {
  test("a few applications stand in one, favourites first, closed ones last", () => {
    const tiles = [tile("a", closed), tile("b"), tile("c", { favourite: true }), tile("d", { usedAt: 5 })];
    expect(shown(tiles)).toEqual([["all", ["c", "b", "d", "a"]]]);
  });

  test("many: favourites, then what was opened lately, then the groups in the broker's order", () => {
    const tiles = [
      ...many(8, { group: "Care" }),
      tile("old", { group: "Care", usedAt: 1 }),
      tile("new", { group: "Office", usedAt: 2 }),
      tile("star", { group: "Office", favourite: true, usedAt: 3 }),
      tile("mail", { group: "Office" }),
    ];
    expect(shown(tiles)).toEqual([
      ["favourites", ["star"]],
      ["recent", ["new", "old"]],
      ["Care", ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"]],
      ["Office", ["mail"]],
    ]);
  });

  test("every application is shown, and shown once", () => {
    const tiles = Array.from({ length: 80 }, (_, index) =>
      tile(`t${index}`, {
        group: `g${index % 5}`,
        ...(index % 3 === 0 ? { favourite: true } : {}),
        ...(index % 2 === 0 ? { usedAt: index } : {}),
        ...(index % 7 === 0 ? closed : {}),
      }),
    );
    const ids = arrangeTiles(tiles, "").flatMap(section => section.tiles.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(tiles.map(({ id }) => id).toSorted());
  });

  test("what was opened lately is six at most, and nothing that stays closed", () => {
    const tiles = many(12).map((one, index) => ({ ...one, usedAt: index, ...(index === 11 ? closed : {}) }));
    expect(shown(tiles)[0]).toEqual(["recent", ["t10", "t9", "t8", "t7", "t6", "t5"]]);
  });
});

describe("a search", () => {
  const tiles = [
    tile("record", { name: "Dossier patient", group: "Soins" }),
    tile("laboratory", { name: "Résultats de laboratoire", group: "Biologie" }),
    tile("imaging", { name: "Imagerie", group: "Soins" }),
    tile("closed", { name: "Dossier social", ...closed }),
  ];

  test.each([
    ["resul", ["laboratory"]],
    ["ÉSULT", ["laboratory"]],
    ["labo", ["laboratory"]],
    ["dossier", ["record", "closed"]],
    ["soins", ["record", "imaging"]],
    ["  imag ", ["imaging"]],
    // The beginning of a name goes before its middle, that before the group.
    ["i", ["imaging", "record", "laboratory", "closed"]],
  ])("for %s finds by name and group, accents or not, the best first", (search, ids) => {
    expect(shown(tiles, search)).toEqual([["found", ids]]);
  });

  test("that finds nothing shows nothing; one of blanks is none", () => {
    expect(shown(tiles, "zz")).toEqual([]);
    expect(shown(tiles, "  ")[0]?.[0]).not.toBe("found");
  });
});
