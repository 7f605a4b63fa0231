import { z } from "zod";
import { reason } from "./reason.ts";

/** What administrators keep in the console; each kind stands in a list of its own, by `id`. */
export const houseKinds = ["place", "application", "group", "structure", "policies"] as const;
export type HouseKind = (typeof houseKinds)[number];

/** As the configuration file writes it; the broker checks it by the same schema. */
const entry = z.record(z.string(), z.unknown());
const kind = z.enum(houseKinds);
const id = z.string().max(60);

/** One change. A new secret is made for an application that needs one and names none. */
export const houseChange = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("add"), kind, entry }),
  /** Members that `entry` does not name go, except for a secret, which stays where it is not made anew. */
  z.strictObject({ act: z.literal("replace"), kind, id, entry, newSecret: z.boolean().default(false) }),
  z.strictObject({ act: z.literal("remove"), kind, id }),
  /** Everything as an earlier version had it. */
  z.strictObject({ act: z.literal("restore"), version: z.number().int().min(1) }),
]);
export type HouseChange = z.output<typeof houseChange>;

export const houseQuestion = z.strictObject({ change: houseChange });

export const houseOrder = z.strictObject({
  change: houseChange,
  /** The version that the administrator looked at. */
  seen: z.number().int().min(0),
  reason,
});
export type HouseOrder = z.output<typeof houseOrder>;

/** Why a change is refused: where, and in the words of the schema, of Cedar, or ours. */
export const houseFault = z.object({
  /** `applications.lab.client.redirectUris`, or a text of policies. */
  where: z.string(),
  words: z.string(),
  /** In a text of policies. */
  line: z.number().optional(),
  column: z.number().optional(),
});
export type HouseFault = z.output<typeof houseFault>;

export const houseCheck = z.object({ faults: z.array(houseFault) });

/** What became of one entry, in words of its members; a secret is only a member's name. */
export const houseDifference = z.object({
  act: z.enum(["added", "changed", "removed"]),
  kind,
  id: z.string(),
  members: z.array(z.string()),
});
export type HouseDifference = z.output<typeof houseDifference>;

const wouldChange = z.object({
  holder: z.string(),
  application: z.string(),
  place: z.string(),
  means: z.string(),
  at: z.number(),
  decides: z.string(),
  wouldDecide: z.string(),
});

/** At most so many of those who would gain, or lose, are told; the counts are whole. */
export const mostTold = 100;

/** What a change would do, asked before it is made. */
export const houseEffects = z.object({
  faults: z.array(houseFault),
  differences: z.array(houseDifference),
  /** Portals of the last 24 hours that were decided again. */
  portals: z.number(),
  gainedCount: z.number(),
  lostCount: z.number(),
  gained: z.array(wouldChange).max(mostTold),
  lost: z.array(wouldChange).max(mostTold),
  /** Applications that are open to every card now, and would be left to the policies alone, since these are the first. */
  leftToPolicies: z.array(z.string()),
});
export type HouseEffects = z.output<typeof houseEffects>;

export const houseDone = z.object({
  version: z.number(),
  /** Told once, here; it cannot be asked for again. */
  madeSecret: z.string().optional(),
});
export type HouseDone = z.output<typeof houseDone>;
