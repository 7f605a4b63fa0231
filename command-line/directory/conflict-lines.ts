import type { DirectoryConflict } from "../../protocol/broker/console/directory-view.ts";

/** One line a holder, for people. */
export function conflictLines(conflicts: readonly DirectoryConflict[], more: boolean): readonly string[] {
  const lines = conflicts.map(({ holder, kinds, entries }) => {
    const named = entries.map(({ source, displayName, standing }) => `${source}: ${displayName} (${standing})`);
    return `  conflict ${holder}, ${kinds.join(", ")}: ${named.join("; ")}`;
  });
  return more ? [...lines, "  and more conflicts"] : lines;
}
