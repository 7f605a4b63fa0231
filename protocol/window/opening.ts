import { z } from "zod";

/** First message of the window on the kiosk host's `/channel`: the one-time secret from its address's fragment. */
export const opening = z.object({ type: z.literal("open"), secret: z.string().min(20).max(100) });
export type Opening = z.infer<typeof opening>;
