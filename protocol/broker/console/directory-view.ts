import { z } from "zod";
import { allMeans } from "../../../core/session/means.ts";

/** `disabled`: its source says so. `gone`: its source does not bring it any more. */
export const entryStandings = ["active", "disabled", "gone"] as const;
export type EntryStanding = (typeof entryStandings)[number];

/** `good`: the last look counted. `late`: it did not, and what was known before counts. `none`: nothing was ever read. */
export const directoryHealths = ["good", "late", "none"] as const;
export type DirectoryHealth = (typeof directoryHealths)[number];

/**
 * How entries of one holder do not fit together. `several-entries`: one source knows him twice, and gives no groups and activities
 * for him. The others: two sources differ.
 */
export const conflictKinds = ["several-entries", "different-standing", "different-names"] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** A source of the directory. Times are milliseconds since 1970, by the broker's clock. */
export const directorySourceView = z.object({
  id: z.string(),
  /** As the configuration names it; `embedded` is kept in the console. */
  kind: z.string(),
  health: z.enum(directoryHealths),
  persons: z.number(),
  readAt: z.number().optional(),
  /** When it was last read whole. */
  everythingAt: z.number().optional(),
  trouble: z
    .object({
      code: z.string(),
      detail: z.string(),
      since: z.number(),
      failures: z.number(),
      /** How many persons would stop being active, where that is the trouble. */
      lost: z.number().optional(),
    })
    .optional(),
  /** So many may stop being active with the next look: an administrator has said so. */
  lossAccepted: z.number().optional(),
});
export type DirectorySourceView = z.output<typeof directorySourceView>;

const nameInSource = z.object({
  source: z.string(),
  key: z.string(),
  displayName: z.string(),
  standing: z.enum(entryStandings),
});

export const directoryConflict = z.object({
  /** PS_IdNat. */
  holder: z.string(),
  kinds: z.array(z.enum(conflictKinds)).min(1),
  entries: z.array(nameInSource),
});
export type DirectoryConflict = z.output<typeof directoryConflict>;

/** At most so many conflicts are told. */
export const mostConflicts = 200;

export const directoryView = z.object({
  now: z.number(),
  /** Whoever no source knows does not sign in. */
  required: z.boolean(),
  sources: z.array(directorySourceView),
});
export type DirectoryView = z.output<typeof directoryView>;

export const conflictsView = z.object({
  conflicts: z.array(directoryConflict).max(mostConflicts),
  /** There are more than are told. */
  more: z.boolean(),
});
export type ConflictsView = z.output<typeof conflictsView>;

export const lossAcceptance = z.strictObject({ source: z.string().max(40), reason: z.string().trim().min(5).max(300) });
export type LossAcceptance = z.output<typeof lossAcceptance>;

const activityView = z.object({
  id: z.string(),
  label: z.string(),
  profession: z.string().optional(),
  speciality: z.string().optional(),
  structure: z.string().optional(),
  structureName: z.string().optional(),
});
export type ActivityView = z.output<typeof activityView>;

/** Beginnings of words of a name, identifier, account or mail address; `after` is the `next` of the page before. */
export const personsQuestion = z.object({
  search: z.string().max(100).optional(),
  after: z.string().max(1000).optional(),
});

/** A page of persons has so many. */
export const personsOnPage = 50;

export const personFound = z.object({
  source: z.string(),
  key: z.string(),
  displayName: z.string(),
  standing: z.enum(entryStandings),
  /** Absent: no card is his. */
  holder: z.string().optional(),
  account: z.string().optional(),
  mail: z.string().optional(),
});
export type PersonFound = z.output<typeof personFound>;

export const personsView = z.object({
  persons: z.array(personFound).max(personsOnPage),
  next: z.string().optional(),
});
export type PersonsView = z.output<typeof personsView>;

export const holderQuestion = z.object({ holder: z.string().min(1).max(130) });

/** What one source says of a holder. */
export const holderEntry = personFound.extend({
  /** Of this source, nested ones unfolded; whether they count is `gives`. */
  groups: z.array(z.string()),
  activities: z.array(activityView),
  /** False where the entry is not active, or the source knows him by two. */
  gives: z.boolean(),
});
export type HolderEntry = z.output<typeof holderEntry>;

/** All that the broker knows of a holder. */
export const holderView = z.object({
  now: z.number(),
  holder: z.string(),
  standing: z.enum(["unknown", ...entryStandings]),
  /** Why he does not sign in, where he does not: a code of the catalogue. */
  refusal: z.object({ code: z.string(), detail: z.string() }).optional(),
  conflicts: z.array(z.enum(conflictKinds)),
  entries: z.array(holderEntry),
  /** Those that count in decisions, the administrators' own lists among them. */
  groups: z.array(z.string()),
  activities: z.array(activityView),
  /** Identifiers of older cards of his. */
  aliases: z.array(z.string()),
  session: z
    .object({
      means: z.enum(allMeans),
      openedAt: z.number(),
      expiresAt: z.number(),
      /** Absent: it waits without a seat. */
      seat: z.object({ workstationName: z.string(), state: z.enum(["open", "covered"]) }).optional(),
    })
    .optional(),
});
export type HolderView = z.output<typeof holderView>;
