import { z } from "zod";
import { longestGlassMinutes, shortestGlassMinutes } from "../../core/break-glass/break-glass.ts";

/**
 * `with-card`: in an open session, by the PIN typed again. `without-card`: from the cover, by a name that nobody proves; what it opens
 * is said by policies for an identity that is claimed.
 */
export const glassWays = ["with-card", "without-card"] as const;
export type GlassWay = (typeof glassWays)[number];

/** Emergency access (docs/break-glass.md). */
export const breakGlassConfiguration = z
  .strictObject({
    /** How long one lasts. */
    minutes: z.number().int().min(shortestGlassMinutes).max(longestGlassMinutes).default(30),
    /** Where, with all that is within: the rule of the nearest place counts, and an empty list of ways closes it there again. */
    places: z.array(z.strictObject({ place: z.string(), ways: z.array(z.enum(glassWays)) })).min(1),
    /** What it can be for, by language; whoever breaks the glass chooses one, and adds words of his own. */
    reasons: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z0-9-]{1,40}$/),
          text: z.record(z.string().length(2), z.string().min(1).max(120)).refine(text => Object.keys(text).length > 0),
        }),
      )
      .min(1),
    /** Not reviewed after so many days: an alarm. */
    reviewDays: z.number().int().min(1).max(90).default(3),
    /** A second one of the same holder within so many hours is an alarm. */
    againHours: z
      .number()
      .int()
      .min(1)
      .max(24 * 30)
      .default(24),
    /** So many at one place within so many hours are an alarm. */
    placeAlarm: z
      .strictObject({ count: z.number().int().min(2).max(1000), hours: z.number().int().min(1).max(168) })
      .default({ count: 3, hours: 24 }),
    throttling: z
      .strictObject({
        /** Tries in one name, and at one workstation, within fifteen minutes. */
        personTries: z.number().int().min(1).max(100).default(4),
        workstationTries: z.number().int().min(1).max(100).default(8),
        /** So many names refused at one workstation within ten minutes, or three times as many anywhere: somebody tries names out. */
        sprayedNames: z.number().int().min(2).max(1000).default(4),
      })
      .prefault({}),
  })
  .superRefine(({ reasons, places }, context) => {
    const lists = { reasons: reasons.map(({ id }) => id), places: places.map(({ place }) => place) };
    for (const [list, ids] of Object.entries(lists))
      ids.forEach((id, index) => {
        if (ids.indexOf(id) < index)
          context.addIssue({ code: "custom", path: [list, index], message: `“${id}” is taken` });
      });
  });
export type BreakGlassConfiguration = z.output<typeof breakGlassConfiguration>;
