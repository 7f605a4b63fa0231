import { z } from "zod";
import { failureCode } from "./failure-code.ts";

const bytes = z.custom<Uint8Array>(value => value instanceof Uint8Array);

/** What a look at a card does, in this order. */
export const inspectionSteps = [
  "select",
  "card-id",
  "sign-in-certificate",
  "presence-certificate",
  "certificates",
  "pin-state",
] as const;

/** All that a card tells to everybody, for support. What could not be learned is absent, and its step has the code. */
export const cardInspection = z.object({
  /** Absent where the chip does not answer. */
  atr: bytes.optional(),
  protocol: z.enum(["T=0", "T=1"]).optional(),
  /** The driver that took the card. */
  family: z.string().optional(),
  cardId: z.string().optional(),
  certificates: z.array(
    z.object({
      label: z.string(),
      certificate: bytes,
      /** The key behind the PIN that signs in, or the one that only shows that the card is there. */
      use: z.enum(["sign-in", "presence"]).optional(),
    }),
  ),
  pin: z
    .object({
      triesLeft: z.number(),
      minimumLength: z.number(),
      maximumLength: z.number(),
      canUnblock: z.boolean(),
      /** True where the reader has keys of its own, which are to be used. */
      onReader: z.boolean(),
    })
    .optional(),
  steps: z.array(
    z.object({
      step: z.enum(inspectionSteps),
      /** APDUs; GET RESPONSE is not counted. */
      commands: z.number(),
      milliseconds: z.number(),
      code: failureCode.optional(),
      detail: z.string().optional(),
    }),
  ),
});
export type CardInspection = z.infer<typeof cardInspection>;
