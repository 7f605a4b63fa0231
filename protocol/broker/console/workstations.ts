import { z } from "zod";
import { liveWorkstation, mostListed } from "./live-view.ts";
import { reason } from "./reason.ts";

export const presences = ["connected", "away", "outdated"] as const;

/** Of one place, or of all; part of a name. `outdated`: of another version than the broker. */
export const workstationsQuestion = z.object({
  place: z.string().optional(),
  search: z.string().max(60).optional(),
  presence: z.enum(presences).optional(),
});

/** What a workstation says of itself, and who sits there. */
const condition = {
  version: z.string().optional(),
  /** What shows the window: `kiosk`, `desktop`, `none`. */
  host: z.string().optional(),
  readers: z.array(z.string()).optional(),
  /** Why there are no readers: a code of the catalogue. */
  trouble: z.string().optional(),
  /** Words to the broker that waited when it last connected. */
  waiting: z.number().optional(),
  session: z.object({ displayName: z.string(), state: z.enum(["open", "covered"]) }).optional(),
};

export const workstationsView = z.object({
  now: z.number(),
  count: z.number(),
  brokerVersion: z.string(),
  /** Every place, for the filter. */
  places: z.array(z.object({ id: z.string(), name: z.string() })),
  workstations: z.array(liveWorkstation.extend({ place: z.string(), ...condition })).max(mostListed),
});
export type WorkstationsView = z.output<typeof workstationsView>;
export type PlacedWorkstation = WorkstationsView["workstations"][number];

export const enrolmentCodeOrder = z.strictObject({ place: z.string(), reason });
/** Good once; told once, here. */
export const enrolmentCodeAnswer = z.object({ code: z.string(), expiresAt: z.number() });

export const workstationMove = z.strictObject({ workstation: z.string(), place: z.string(), reason });
export const workstationWithdrawal = z.strictObject({ workstation: z.string(), reason });
