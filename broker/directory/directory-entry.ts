import { z } from "zod";

export const directoryActivity = z.strictObject({
  id: z.string().min(1).max(100),
  label: z.string().min(1).max(200),
  profession: z.string().max(20).optional(),
  speciality: z.string().max(40).optional(),
  structure: z.string().max(40).optional(),
  structureName: z.string().max(200).optional(),
});

/** A person as one source knows him. */
export const directoryPerson = z.strictObject({
  kind: z.literal("person"),
  /** Stable within the source, whatever else changes: entryUUID, objectGUID, a file's `id`. */
  key: z.string().min(1).max(200),
  /** How the source's groups name their members: a DN in lower case, or the key. */
  reference: z.string().min(1).max(1000),
  /** PS_IdNat; absent where the source does not tell one: such a person has no card here. */
  holder: z.string().min(1).max(100).optional(),
  account: z.string().max(200).optional(),
  displayName: z.string().max(200),
  mail: z.string().max(320).optional(),
  /** Reference of the person above, in the same source. */
  manager: z.string().max(1000).optional(),
  /** As Accept-Language is written. */
  language: z.string().max(1000).optional(),
  active: z.boolean(),
  /** Milliseconds since 1970 at which the account ends, which its source does not tell again then; absent: never. */
  activeUntil: z.number().optional(),
  /** References of groups that the person's own entry names, besides those that name him. */
  groups: z.array(z.string()).max(1000).optional(),
  /** How he practises; absent where the source does not tell. */
  activities: z.array(directoryActivity).max(50).optional(),
});
export type DirectoryPerson = z.output<typeof directoryPerson>;

export const directoryGroup = z.strictObject({
  kind: z.literal("group"),
  key: z.string().min(1).max(200),
  reference: z.string().min(1).max(1000),
  name: z.string().min(1).max(200),
  /** References of persons and groups. */
  members: z.array(z.string()),
});
export type DirectoryGroup = z.output<typeof directoryGroup>;

export const directoryEntry = z.discriminatedUnion("kind", [directoryPerson, directoryGroup]);
export type DirectoryEntry = z.output<typeof directoryEntry>;

/**
 * What a source brings. `gone`: among changes, an entry that is there no more, or is no person or group of ours; of one that nobody
 * knew, nothing comes. `unreadable`: there is such an entry, which stays as it was known; `detail` is for administrators.
 */
export type BroughtEntry =
  | DirectoryEntry
  | { readonly kind: "gone"; readonly key: string }
  | { readonly kind: "unreadable"; readonly key: string; readonly detail: string };

/**
 * What one look at a source brought: nothing new; something new that is still being written; everything that it has; or what has
 * changed since the last look.
 * `watermark` is what the next look begins at, to be asked when the entries have come to their end.
 */
export type DirectoryReading =
  | { readonly extent: "unchanged" | "unsettled" }
  | {
      readonly extent: "everything" | "changes";
      /** Rejects as `read` does, at any entry: then none of them counts. An entry that comes twice counts as it came last. */
      readonly entries: AsyncIterable<BroughtEntry>;
      watermark(): string | undefined;
    };

/** Where persons and groups come from. One look at a time; times are milliseconds. */
export interface DirectorySource {
  readonly id: string;
  /** From one look to the next. */
  readonly intervalMs: number;
  /** After failures in a row, looks come further apart, up to this. */
  readonly longestPauseMs: number;
  /** After so long the next look is for everything: changes do not show what was deleted. Absent: every look tells. */
  readonly everythingAfterMs?: number | undefined;
  /**
   * `since`: the watermark of the last look; undefined asks for everything. Rejects with `directory-source-unreachable`,
   * `directory-request-refused` or `directory-data-unreadable`, and ends early when `signal` aborts.
   */
  read(since: string | undefined, signal: AbortSignal): Promise<DirectoryReading>;
}
