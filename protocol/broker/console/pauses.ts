import { z } from "zod";
import { reason } from "./reason.ts";

/** Who has to wait before the next temporary password is taken. Times are milliseconds since 1970. */
export const pausesView = z.object({
  now: z.number(),
  /** Holders with a living access, whose name was tried too often. */
  holders: z.array(z.object({ id: z.string(), displayName: z.string(), until: z.number() })),
  workstations: z.array(z.object({ id: z.string(), name: z.string(), until: z.number() })),
  /** Names that pause and are nobody's who has an access: they stand in the trail alone. */
  otherNames: z.number(),
});
export type PausesView = z.output<typeof pausesView>;

export const pauseEnd = z.strictObject({
  kind: z.enum(["holder", "workstation"]),
  id: z.string().min(1).max(130),
  reason,
});
