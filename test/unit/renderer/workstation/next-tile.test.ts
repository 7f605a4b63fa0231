import { describe, expect, test } from "vitest";
import { nextTile, type TileKey, type TilePlace } from "../../../../renderer/workstation/portal/next-tile.ts";

/** Two sections: three tiles and one in rows of three, then two wider ones below a heading. */
const places: TilePlace[] = [
  { left: 0, top: 0, width: 90, height: 50 },
  { left: 100, top: 0, width: 90, height: 50 },
  { left: 200, top: 0, width: 90, height: 50 },
  { left: 0, top: 60.4, width: 90, height: 50 },
  { left: 0, top: 150, width: 140, height: 50 },
  { left: 150, top: 150, width: 140, height: 50 },
];

describe("from tile to tile", () => {
  test.each<[number, TileKey, number | undefined]>([
    [0, "ArrowRight", 1],
    [2, "ArrowRight", 3],
    [5, "ArrowRight", undefined],
    [3, "ArrowLeft", 2],
    [0, "ArrowLeft", undefined],
    [0, "ArrowDown", 3],
    [2, "ArrowDown", 3],
    [3, "ArrowDown", 4],
    [5, "ArrowDown", undefined],
    [5, "ArrowUp", 3],
    [3, "ArrowUp", 0],
    [1, "ArrowUp", undefined],
    [3, "Home", 0],
    [1, "End", 5],
  ])("%i by %s: %s", (from, key, expected) => {
    expect(nextTile(places, from, key)).toBe(expected);
  });

  test("down a column the nearest tile of the next row is taken, also across a heading", () => {
    expect(
      nextTile(
        places.filter((_, index) => index !== 3),
        2,
        "ArrowDown",
      ),
    ).toBe(4);
  });

  test("where there is no tile, there is nowhere to go", () => {
    expect(nextTile([], 0, "ArrowDown")).toBeUndefined();
    expect(nextTile(places, -1, "ArrowDown")).toBe(0);
  });
});
