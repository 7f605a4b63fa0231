import { z } from "zod";
import { type FailureCode, isFailureCode } from "../../core/errors/catalogue.ts";

/** The public half of a failure, the only half that leaves the broker. `reference` finds the other half in the trail. */
export const failureBody = z.object({
  code: z.string().refine((text): text is FailureCode => isFailureCode(text)),
  reference: z.string().optional(),
});
export type FailureBody = z.infer<typeof failureBody>;
