import { z } from "zod";
import { watchedStages } from "../../../core/session/watched-stages.ts";

/** How far back; as text in the address. */
export const stopwatchDays = ["1", "7", "30", "90"] as const;

/** `stage`: whose times are shown by place, day and workstation. `place`: with all that is within it. */
export const stopwatchQuestion = z.object({
  days: z.enum(stopwatchDays).default("7"),
  stage: z.enum(watchedStages).default("insertion-to-portal"),
  place: z.string().max(60).optional(),
});

/** Milliseconds below which half, 95 and 99 of 100 were. */
const times = { count: z.number(), p50: z.number(), p95: z.number(), p99: z.number() };
export const timesView = z.object(times);
export type TimesView = z.output<typeof timesView>;

export const stopwatchView = z.object({
  now: z.number(),
  /** Where 95 of 100 take longer it is an alarm; of stages from end to end alone. */
  limitMs: z.number(),
  /** How long days are kept, and those of each workstation. */
  keepDays: z.number(),
  workstationDays: z.number(),
  places: z.array(z.object({ id: z.string(), name: z.string() })),
  stages: z.array(z.object({ stage: z.enum(watchedStages), ...times })),
  byPlace: z.array(z.object({ place: z.string(), name: z.string(), ...times, alarm: z.boolean() })),
  /** In their order; a day on which nothing was measured is left out. */
  byDay: z.array(z.object({ day: z.string(), ...times })),
  /** Sign-ins and returns by the hospital's hour, 0 to 23, over all these days. */
  byHour: z.array(z.number()).length(24),
  /** The slowest by their first sign-ins, at most 20; those with fewer than five are left out. */
  slowest: z.array(z.object({ id: z.string(), name: z.string(), placeName: z.string(), ...times, alarm: z.boolean() })),
});
export type StopwatchView = z.output<typeof stopwatchView>;
