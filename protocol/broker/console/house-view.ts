import { z } from "zod";
import { houseDifference, houseFault, houseKinds } from "./house-change.ts";

/** Kept in the configuration file, and read-only here; or kept in the console. */
export const houseSources = ["file", "console"] as const;

/** An entry as the configuration file would write it, without its secrets. */
const keptEntry = z.object({ source: z.enum(houseSources), entry: z.record(z.string(), z.unknown()) });

export const applicationView = keptEntry.extend({
  id: z.string(),
  name: z.string(),
  icon: z.string(),
  group: z.string().optional(),
  /** The policies that can permit or forbid it. */
  policies: z.array(z.string()),
  /** Places that start it. */
  startedAt: z.array(z.string()),
});
export type ApplicationView = z.output<typeof applicationView>;

export const placeView = keptEntry.extend({
  id: z.string(),
  name: z.string(),
  within: z.string().optional(),
  helpdeskPhone: z.string(),
  /** It lies outside the hospital, with all that is within it. */
  external: z.boolean().optional(),
  graceSeconds: z.number(),
  idleSeconds: z.number(),
  startApplication: z.string().optional(),
  workstationCount: z.number(),
});
export type PlaceView = z.output<typeof placeView>;

export const groupView = keptEntry.extend({ id: z.string(), holders: z.array(z.string()) });
export type GroupView = z.output<typeof groupView>;

export const structureView = keptEntry.extend({ id: z.string(), name: z.string() });

/** One text of policies: a file of the folder, or one that is kept here. */
export const policyTextView = z.object({
  source: z.enum(houseSources),
  id: z.string(),
  text: z.string(),
  /** The `@id`s of its policies that are in force. */
  policies: z.array(z.string()),
});
export type PolicyTextView = z.output<typeof policyTextView>;

/** An entry of the console that does not count: the file came to say otherwise. */
export const setAsideView = z.object({ kind: z.enum(houseKinds), id: z.string(), words: z.string() });

export const houseView = z.object({
  /** Of what is kept in the console; 0: nothing yet. */
  version: z.number(),
  applications: z.array(applicationView),
  places: z.array(placeView),
  groups: z.array(groupView),
  structures: z.array(structureView),
  policyTexts: z.array(policyTextView),
  /** Of the policies in force: SHA-256, hex. */
  policyVersion: z.string(),
  /** Why other policies were refused since, e.g. a file of the folder that was written wrong. */
  policyFaults: z.array(houseFault),
  setAside: z.array(setAsideView),
});
export type HouseView = z.output<typeof houseView>;

export const houseVersionView = z.object({
  version: z.number(),
  at: z.number(),
  by: z.string(),
  reason: z.string(),
  hash: z.string(),
  differences: z.array(houseDifference),
});

export const houseHistory = z.object({ now: z.number(), versions: z.array(houseVersionView) });
export type HouseHistory = z.output<typeof houseHistory>;
