import { z } from "zod";
import { type DirectoryHealth, unreadableEntry } from "../../protocol/broker/console/directory-view.ts";

/** How a source of the directory fares. Times are milliseconds since 1970. */
export const directorySourceState = z.strictObject({
  /** What the next look for changes begins at; absent: the next look is for everything. */
  watermark: z.string().optional(),
  /** When everything was read last, and when it answered at all. */
  everythingAt: z.number().optional(),
  readAt: z.number().optional(),
  /** Persons that it brings now. */
  persons: z.number().default(0),
  /** Entries that could not be read and stay as they were known, the first hundred; `detail` names each. */
  unreadable: z.array(unreadableEntry).max(100).optional(),
  /** What keeps the last look, and how many in a row, from counting. */
  trouble: z
    .strictObject({
      code: z.string(),
      detail: z.string(),
      since: z.number(),
      failures: z.number(),
      /** How many persons would stop being active, where that is the trouble. */
      lost: z.number().optional(),
    })
    .optional(),
  /** An administrator has said that the next look may take away so many persons. */
  lossAccepted: z.number().optional(),
});
export type DirectorySourceState = z.output<typeof directorySourceState>;

export function directoryHealthOf({ trouble, readAt }: DirectorySourceState): DirectoryHealth {
  if (readAt === undefined) return "none";
  return trouble === undefined ? "good" : "late";
}
