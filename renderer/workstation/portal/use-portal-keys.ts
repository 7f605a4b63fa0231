import { type RefObject, useEffect } from "react";
import { nextTile, type TileKey, tileKeys } from "./next-tile.ts";

interface PortalKeys {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly grid: RefObject<HTMLDivElement | null>;
  /** A number key, from 1. */
  readonly onNumber: (number: number) => void;
  /** Enter in the search. */
  readonly onFound: () => void;
  readonly onEscape: () => void;
  /** `*` on the tile of this application. */
  readonly onMark: (application: string) => void;
  readonly onChangeActivity: () => void;
}

/**
 * The portal by keyboard alone: numbers launch, letters search, arrows move among the tiles, `*` marks a favourite, F2 changes the
 * activity. Nothing of it while a question is open.
 */
export function usePortalKeys(keys: PortalKeys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]") !== null) return;
      if (handled(event, keys)) event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}

/** True where the key has done its work; a letter still has to be typed. */
function handled(event: KeyboardEvent, keys: PortalKeys): boolean {
  const { key, target } = event;
  const field = keys.field.current;
  const searching = target === field;
  if (/^[1-9]$/.test(key)) {
    keys.onNumber(Number(key));
    return true;
  }
  if (isTileKey(key)) return moved(key, searching, keys);
  if (key === "F2") {
    keys.onChangeActivity();
    return true;
  }
  if (key === "Escape") {
    keys.onEscape();
    return true;
  }
  if (key === "Enter" && searching) {
    keys.onFound();
    return true;
  }
  const application = target instanceof HTMLElement ? applicationAt(target) : undefined;
  if (key === "*" && application !== undefined) {
    keys.onMark(application);
    return true;
  }
  if (key.length === 1 && /\p{L}/u.test(key)) field?.focus();
  return false;
}

function isTileKey(key: string): key is TileKey {
  return (tileKeys as readonly string[]).includes(key);
}

/** The application of the tile, or of the star beside it. */
function applicationAt(element: HTMLElement): string | undefined {
  return element.closest("li")?.querySelector<HTMLElement>(".tile")?.dataset["application"];
}

/** Focus moves; in the search only down, so that its other keys edit what was typed. */
function moved(key: TileKey, searching: boolean, { grid, field }: PortalKeys): boolean {
  const tiles = [...(grid.current?.querySelectorAll<HTMLElement>(".tile") ?? [])];
  const from = tiles.findIndex(tile => tile.closest("li")?.contains(document.activeElement) === true);
  if (searching && key !== "ArrowDown") return false;
  if (!searching && from < 0 && document.activeElement !== document.body) return false;
  const next =
    from < 0
      ? 0
      : nextTile(
          tiles.map(tile => tile.getBoundingClientRect()),
          from,
          key,
        );
  if (next !== undefined) tiles[next]?.focus();
  else if (key === "ArrowUp") field.current?.focus();
  return true;
}
