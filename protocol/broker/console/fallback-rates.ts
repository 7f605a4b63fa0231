import { z } from "zod";

export const rateDays = ["7", "30", "90"] as const;
export const fallbackRatesQuestion = z.object({ days: z.enum(rateDays).default("30") });

/** At most so many persons are listed. */
export const mostPersons = 50;
export const mostAlarms = 20;

export const fallbackRates = z.object({
  now: z.number(),
  /** What is an alarm, by the configuration. */
  limits: z.object({ perHundred: z.number(), perPerson: z.number(), fewest: z.number() }),
  /** The highest rate first. `rate`: sign-ins without card of 100. */
  places: z.array(
    z.object({
      place: z.string(),
      name: z.string(),
      signIns: z.number(),
      byPassword: z.number(),
      byBreakGlass: z.number(),
      rate: z.number(),
      alarm: z.boolean(),
    }),
  ),
  /** Temporary accesses that were issued in the last 30 days, whatever the question: the most first. */
  persons: z
    .array(
      z.object({
        holder: z.object({ id: z.string(), displayName: z.string() }),
        issued: z.number(),
        lastAt: z.number(),
        alarm: z.boolean(),
      }),
    )
    .max(mostPersons),
  /** Somebody tried many names out: the newest first. */
  sprayed: z
    .array(
      z.object({
        at: z.number(),
        workstationName: z.string().optional(),
        placeName: z.string().optional(),
        detail: z.string().optional(),
      }),
    )
    .max(mostAlarms),
});
export type FallbackRates = z.output<typeof fallbackRates>;
