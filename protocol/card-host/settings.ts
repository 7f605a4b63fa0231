import { z } from "zod";

/** What an administrator decides of the readers of a workstation; handed to the card host when it starts. */
export const cardHostSettings = z.object({
  /** True where readers announce keys that they do not have, or that people are not to use. */
  ignorePinPad: z.boolean().default(false),
});
export type CardHostSettings = z.infer<typeof cardHostSettings>;
