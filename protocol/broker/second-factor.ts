import { z } from "zod";
import { allSecondFactors } from "../../core/second-factor/second-factor.ts";
import { sessionDescription } from "./session.ts";

/** `POST /agent/v1/second-factor/owed`: what the sign-in owes whose first proof was answered by `second-factor-owed` here. */
export const owedSecondFactor = z.object({
  request: z.string(),
  holder: z.object({ displayName: z.string(), profession: z.string() }),
  factors: z.array(z.enum(allSecondFactors)).min(1),
});

const request = z.string().max(100);

/** `POST /agent/v1/second-factor/code`: answered by a `SessionDescription`. `code`: its digits' character codes. */
export const codeProof = z.object({ request, code: z.array(z.number().int().min(48).max(57)).max(16) });

/** `POST /agent/v1/second-factor/key`: the address of the broker's own page, good once, for a minute. */
export const keyPageRequest = z.object({ request });
export const keyPageAnswer = z.object({ page: z.string(), url: z.url() });

/** `POST /agent/v1/second-factor/key/await`: answered when the key was used in that page, or after a while with no session. */
export const keyAwait = z.object({ request, page: z.string().max(100) });
export const keyAnswer = z.object({ session: sessionDescription.optional() });
