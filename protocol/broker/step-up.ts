import { z } from "zod";

const stepUp = z.string().max(60);

/** `POST /agent/v1/step-ups/challenges`: the card that is to raise the session. Answered by a `ChallengeAnswer`. */
export const stepUpChallengeRequest = z.object({
  stepUp,
  /** Base64 DER. */
  certificate: z.base64().max(16_384),
});

/** `POST /agent/v1/step-ups/proofs`: answered by the raised session's `SessionDescription`. */
export const stepUpProofRequest = z.object({
  stepUp,
  nonce: z.string(),
  /** RFC 7515 compact JWS of core/proof. */
  proof: z.string().max(24_000),
});

/** `POST /agent/v1/step-ups/refusals`: there will be no proof. Answered by an empty object; refusing what is over changes nothing. */
export const stepUpRefusal = z.object({
  stepUp,
  code: z.string().max(60),
  triesLeft: z.number().int().min(0).max(99).optional(),
});
