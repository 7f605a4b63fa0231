import { z } from "zod";
import { fallbackStates } from "../../../core/fallback/fallback.ts";
import { allMeans } from "../../../core/session/means.ts";
import { ownFactor } from "../own/own-routes.ts";
import { cardView } from "./cards.ts";

/** The source that administrators keep in the console: always there, so its name is taken. */
export const embeddedSource = "embedded";

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

export const unreadableEntry = z.strictObject({ key: z.string(), detail: z.string() });
export type UnreadableEntry = z.output<typeof unreadableEntry>;

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
  /** Entries that could not be read and stay as they were known, the first hundred; `detail` names each. */
  unreadable: z.array(unreadableEntry).max(100).optional(),
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
  /** Cards that signed him in, the first to expire first. */
  cards: z.array(cardView),
  /** Since when his cards of before are refused. */
  lostSince: z.number().optional(),
  /** Temporary accesses of the last month, the newest first. */
  fallbacks: z.array(
    z.object({ id: z.string(), state: z.enum(fallbackStates), reason: z.string(), requestedAt: z.number() }),
  ),
  /** His name was tried too often: until when it pauses. */
  pausedUntil: z.number().optional(),
  /** What he proves himself with beside card or password. */
  secondFactors: z.array(ownFactor),
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

const reason = z.string().trim().min(5).max(300);
const text = (longest: number) => z.string().trim().max(longest);

/** A person whom administrators keep themselves, entered or changed whole. */
export const keptPerson = z.strictObject({
  /** PS_IdNat. */
  holder: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{4,80}$/, "4 to 80 signs without spaces"),
  displayName: text(200).min(1),
  account: text(200).optional(),
  mail: text(320).optional(),
  active: z.boolean(),
  groups: z.array(text(200).min(1)).max(200),
  activities: z
    .array(activityView.extend({ id: text(100).min(1), label: text(200).min(1) }))
    .max(50)
    .optional(),
});
export type KeptPersonView = z.output<typeof keptPerson>;

export const personKeeping = keptPerson.extend({ reason });
export type PersonKeeping = z.output<typeof personKeeping>;

/** An import has so many signs at most: it is one transaction. More belongs in a file that is a source. */
export const longestImport = 250_000;
export const importQuestion = z.strictObject({ text: z.string().max(longestImport) });

const named = z.object({ holder: z.string(), displayName: z.string() });
/** At most so many persons of each are named. */
export const mostNamed = 50;
const persons = z.object({ count: z.number(), first: z.array(named).max(mostNamed) });

/** What an import would change; or why it cannot be read. */
export const importEffects = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("readable"), added: persons, changed: persons, lost: persons }),
  z.object({ outcome: z.literal("unreadable"), detail: z.string() }),
]);
export type ImportEffects = z.output<typeof importEffects>;

/** The counts are those that were shown: an import that would do anything else is refused. */
export const importOrder = importQuestion.extend({
  expected: z.strictObject({ added: z.number(), changed: z.number(), lost: z.number() }),
  reason,
});
export type ImportOrder = z.output<typeof importOrder>;
