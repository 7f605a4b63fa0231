import { z } from "zod";

/** How a source of revocation data fares. Times are milliseconds since 1970. */
export const sourceState = z.object({
  address: z.string(),
  /** The trust domains that use it. */
  domains: z.array(z.string()),
  /** Written in the trust document, or read from a certificate of a verified path. */
  origin: z.enum(["configured", "certificate"]),
  /** When it last answered. */
  answeredAt: z.number().optional(),
  nextFetchAt: z.number(),
  /** Of the data at hand. */
  data: z
    .object({
      thisUpdate: z.number(),
      nextUpdate: z.number(),
      isDelta: z.boolean(),
      bytes: z.number(),
      entries: z.number(),
    })
    .optional(),
  /** Why it has failed since when, and how many times in a row. */
  trouble: z
    .object({
      code: z.enum(["revocation-source-unreachable", "revocation-data-unreadable"]),
      detail: z.string(),
      since: z.number(),
      failures: z.number(),
    })
    .optional(),
});
export type SourceState = z.output<typeof sourceState>;

/** `good`; `late`: it failed, and the data at hand are current still; `aged`: they are past their nextUpdate; `none`: there are none. */
export type SourceHealth = "good" | "late" | "aged" | "none";

export function healthOf({ data, trouble }: SourceState, now: number): SourceHealth {
  if (data === undefined) return "none";
  if (now > data.nextUpdate) return "aged";
  return trouble === undefined ? "good" : "late";
}
