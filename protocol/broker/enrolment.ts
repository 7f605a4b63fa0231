import { z } from "zod";

/** `POST /agent/v1/enrolments`, over TLS with the workstation's own self-signed certificate. */
export const enrolmentRequest = z.object({
  /** The secret half of the one-time code. */
  secret: z.string().min(20).max(100),
  /** What the hospital calls the machine, e.g. `CARDIO-03`. */
  name: z.string().min(1).max(63),
});
export type EnrolmentRequest = z.infer<typeof enrolmentRequest>;

export const workstationDescription = z.object({
  workstation: z.string(),
  name: z.string(),
  place: z.string(),
  placeName: z.string(),
  helpdeskPhone: z.string(),
  /** True where the broker runs in demonstration mode; every screen says so (design D12). */
  demonstration: z.boolean(),
  /** The name of the federation that confirms on a person's phone, where this place offers one. */
  federation: z.string().optional(),
  /** True where a temporary password of the helpdesk may count at this place. */
  temporaryAccess: z.boolean().optional(),
  /** True where the password that the directory knows opens a session at this place. */
  directoryPassword: z.boolean().optional(),
  /** Where an emergency access may be had here: how long it lasts, for what, by language, and whether from the cover, too. */
  breakGlass: z
    .object({
      minutes: z.number(),
      reasons: z.array(z.object({ id: z.string(), text: z.record(z.string(), z.string()) })),
      withoutCard: z.boolean(),
    })
    .optional(),
});
export type WorkstationDescription = z.infer<typeof workstationDescription>;
