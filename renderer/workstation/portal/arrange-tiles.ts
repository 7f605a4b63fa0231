import type { Tile } from "../../../protocol/window/view.ts";

/** A part of the portal under one heading. */
export type TileSection =
  | { readonly kind: "favourites" | "recent" | "found" | "all"; readonly tiles: readonly Tile[] }
  /** `name`: empty for what stands in no group. */
  | { readonly kind: "group"; readonly name: string; readonly tiles: readonly Tile[] };

/** As many as there are number keys: fewer applications than that are seen at a glance, and keep their places. */
const atAGlance = 9;
const mostRecent = 6;

/**
 * Each tile once: favourites, then what was opened lately, then the groups in the broker's order; within each, what stays closed
 * comes last. A few without groups need no headings. A search answers one section, the best first.
 */
export function arrangeTiles(tiles: readonly Tile[], search: string): readonly TileSection[] {
  const wanted = plain(search.trim());
  if (wanted !== "") return sectionsOf({ kind: "found", tiles: closedLast(found(tiles, wanted)) });
  const favourites = tiles.filter(tile => tile.favourite === true);
  if (tiles.length <= atAGlance && tiles.every(tile => tile.group === undefined)) {
    const others = tiles.filter(tile => tile.favourite !== true);
    return sectionsOf({ kind: "all", tiles: closedLast([...favourites, ...others]) });
  }
  const recent = tiles.length > atAGlance ? recentOf(tiles) : [];
  const others = tiles.filter(tile => tile.favourite !== true && !recent.includes(tile));
  return sectionsOf(
    { kind: "favourites", tiles: closedLast(favourites) },
    { kind: "recent", tiles: recent },
    ...[...Map.groupBy(others, tile => tile.group ?? "")].map(
      ([name, own]): TileSection => ({
        kind: "group",
        name,
        tiles: closedLast(own),
      }),
    ),
  );
}

function sectionsOf(...sections: readonly TileSection[]): readonly TileSection[] {
  return sections.filter(({ tiles }) => tiles.length > 0);
}

/** What was opened last comes first. */
function recentOf(tiles: readonly Tile[]): readonly Tile[] {
  return tiles
    .filter(tile => tile.usedAt !== undefined && tile.favourite !== true && tile.unavailable === undefined)
    .toSorted((a, b) => (b.usedAt ?? 0) - (a.usedAt ?? 0))
    .slice(0, mostRecent);
}

/** By name before by group; by the beginning of a name, then of a word, before what only contains it. */
function found(tiles: readonly Tile[], wanted: string): readonly Tile[] {
  const rank = ({ name, group }: Tile): number => {
    const own = plain(name);
    if (own.startsWith(wanted)) return 0;
    if (own.split(/[^\p{L}\p{N}]+/u).some(word => word.startsWith(wanted))) return 1;
    if (own.includes(wanted)) return 2;
    return plain(group ?? "").includes(wanted) ? 3 : 4;
  };
  return tiles.filter(tile => rank(tile) < 4).toSorted((a, b) => rank(a) - rank(b));
}

function closedLast(tiles: readonly Tile[]): readonly Tile[] {
  return tiles.toSorted((a, b) => Number(a.unavailable !== undefined) - Number(b.unavailable !== undefined));
}

/** Letters as they are searched for: without accents, whatever the case. */
function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
