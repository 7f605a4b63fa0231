import { z } from "zod";
import { proofKeys, proofPurposes } from "../../core/proof/proof-purpose.ts";

/** `POST /agent/v1/challenges`: the card in the reader shows this authentication certificate; nothing is proved yet. */
export const challengeRequest = z.object({
  /** Base64 DER. */
  certificate: z.base64().max(16_384),
  /** False after a presence proof failed, so that the next challenge asks for the PIN. */
  presenceAllowed: z.boolean(),
});
export type ChallengeRequest = z.infer<typeof challengeRequest>;

export const challengeAnswer = z.object({
  challenge: z.object({
    nonce: z.string(),
    origin: z.string(),
    brokerKey: z.string(),
    workstation: z.string(),
    purpose: z.enum(proofPurposes),
    key: z.enum(proofKeys),
  }),
  /** Who the card says its holder is; for the screen, not proved. */
  holder: z.object({ displayName: z.string(), profession: z.string() }),
});
export type ChallengeAnswer = z.infer<typeof challengeAnswer>;
