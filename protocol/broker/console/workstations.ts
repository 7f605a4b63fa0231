import { z } from "zod";
import { liveWorkstation, mostListed } from "./live-view.ts";
import { reason } from "./reason.ts";

/** Of one place, or of all; part of a name. */
export const workstationsQuestion = z.object({ place: z.string().optional(), search: z.string().max(60).optional() });

export const workstationsView = z.object({
  now: z.number(),
  count: z.number(),
  workstations: z.array(liveWorkstation.extend({ place: z.string() })).max(mostListed),
});
export type WorkstationsView = z.output<typeof workstationsView>;
export type PlacedWorkstation = WorkstationsView["workstations"][number];

export const enrolmentCodeOrder = z.strictObject({ place: z.string(), reason });
/** Good once; told once, here. */
export const enrolmentCodeAnswer = z.object({ code: z.string(), expiresAt: z.number() });

export const workstationMove = z.strictObject({ workstation: z.string(), place: z.string(), reason });
export const workstationWithdrawal = z.strictObject({ workstation: z.string(), reason });
