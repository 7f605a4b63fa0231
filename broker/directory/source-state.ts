import { z } from "zod";

/** How a source of the directory fares. Times are milliseconds since 1970. */
export const directorySourceState = z.strictObject({
  /** What the next look for changes begins at; absent: the next look is for everything. */
  watermark: z.string().optional(),
  /** When everything was read last, and when anything. */
  everythingAt: z.number().optional(),
  readAt: z.number().optional(),
  persons: z.number().default(0),
  trouble: z.strictObject({ code: z.string(), detail: z.string(), since: z.number(), failures: z.number() }).optional(),
  /** An administrator has said that a look may take away as many persons as it does. */
  lossAccepted: z.boolean().optional(),
});
export type DirectorySourceState = z.output<typeof directorySourceState>;
