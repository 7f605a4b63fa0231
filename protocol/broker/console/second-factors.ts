import { z } from "zod";
import { reason } from "./reason.ts";

/** All that this holder has registered is taken away. */
export const factorReset = z.object({ holder: z.string().min(1).max(130), reason });
