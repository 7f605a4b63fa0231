import type { UnreadableEntry } from "../../protocol/broker/console/directory-view.ts";

/** Entries of a source that stay as they were known, for somebody to correct them there. */
export function unreadableLines(unreadable: readonly UnreadableEntry[] = []): readonly string[] {
  return unreadable.map(({ detail }) => `        not readable, stays as it was: ${detail}`);
}
