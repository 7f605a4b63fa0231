import { z } from "zod";

/** Why somebody does what takes or gives rights; it stands in the trail. */
export const reason = z.string().trim().min(5).max(300);
