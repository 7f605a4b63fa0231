import { z } from "zod";

/**
 * What an alarm in the trail has counted: the record's `detail`, as JSON. Who reads it is told in his own words. `sprayed`: so many names
 * were refused; `again`: one holder's emergency accesses, `place`: those at one place; `not-reviewed`: one that nobody has reviewed.
 */
const trailAlarm = z.discriminatedUnion("alarm", [
  z.object({ alarm: z.literal("sprayed"), names: z.number(), minutes: z.number() }),
  z.object({ alarm: z.literal("again"), times: z.number(), hours: z.number() }),
  z.object({ alarm: z.literal("place"), times: z.number(), hours: z.number() }),
  z.object({ alarm: z.literal("not-reviewed"), days: z.number() }),
]);
export type TrailAlarm = z.output<typeof trailAlarm>;

export function alarmDetail(alarm: TrailAlarm): string {
  return JSON.stringify(alarm);
}

/** `undefined` where the detail is another one: of other acts, and of alarms that an earlier broker put in words. */
export function alarmIn(detail: string): TrailAlarm | undefined {
  try {
    return trailAlarm.safeParse(JSON.parse(detail)).data;
  } catch {
    return undefined;
  }
}
