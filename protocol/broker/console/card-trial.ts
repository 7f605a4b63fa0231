import { z } from "zod";
import { type FailureCode, isFailureCode } from "../../../core/errors/catalogue.ts";

/** A certificate to be judged as if its card were in a reader now. */
export const cardTrial = z.strictObject({
  /** Base64 DER. */
  certificate: z.base64().max(16_384),
});
export type CardTrial = z.output<typeof cardTrial>;

const failureCode = z.string().refine((text): text is FailureCode => isFailureCode(text));

/** Whether the card would be let in now, in the broker's judgement; nothing is recorded, and nobody signed in. */
export const cardTrialResult = z.discriminatedUnion("fit", [
  z.object({
    fit: z.literal(true),
    domain: z.string(),
    /** `aged`: by lists past their nextUpdate, as the domain's rule allows. */
    revocation: z.enum(["current", "aged"]),
    /** Who sessions and the trail would know; by an alias another one than the card says. */
    holder: z.string(),
  }),
  z.object({
    fit: z.literal(false),
    code: failureCode,
    /** For support: the reason and the certificate or list. */
    detail: z.string(),
  }),
]);
export type CardTrialResult = z.output<typeof cardTrialResult>;
