/** Where a tile stands on the screen, in pixels. */
export interface TilePlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const tileKeys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"] as const;
export type TileKey = (typeof tileKeys)[number];

/** Rounding of the layout. */
const sameRow = 4;

/**
 * The tile that a key leads to from another, by index: left and right in reading order, up and down to the nearest one of the next
 * row, whatever its section. `undefined`: there is none that way.
 */
export function nextTile(places: readonly TilePlace[], from: number, key: TileKey): number | undefined {
  const here = places[from];
  if (here === undefined) return places.length > 0 ? 0 : undefined;
  switch (key) {
    case "ArrowLeft":
      return from > 0 ? from - 1 : undefined;
    case "ArrowRight":
      return from < places.length - 1 ? from + 1 : undefined;
    case "Home":
      return 0;
    case "End":
      return places.length - 1;
    case "ArrowUp":
      return nearest(
        places,
        here,
        places.filter(place => place.top + place.height <= here.top + sameRow),
        Math.max,
      );
    case "ArrowDown":
      return nearest(
        places,
        here,
        places.filter(place => place.top >= here.top + here.height - sameRow),
        Math.min,
      );
    default:
      return key satisfies never;
  }
}

function nearest(
  places: readonly TilePlace[],
  here: TilePlace,
  beyond: readonly TilePlace[],
  closest: (...tops: number[]) => number,
): number | undefined {
  const row = closest(...beyond.map(({ top }) => top));
  const [best] = beyond
    .filter(({ top }) => Math.abs(top - row) <= sameRow)
    .toSorted((a, b) => distance(a, here) - distance(b, here));
  return best === undefined ? undefined : places.indexOf(best);
}

function distance(a: TilePlace, b: TilePlace): number {
  return Math.abs(a.left + a.width / 2 - (b.left + b.width / 2));
}
