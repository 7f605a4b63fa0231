import { z } from "zod";
import { identityProfile } from "../../../core/identity/identity-rule.ts";

/** `good`; `late`: it failed, and its data are current still; `aged`: they are past their nextUpdate; `none`: there are none. */
export const sourceHealths = ["good", "late", "aged", "none"] as const;
export type SourceHealth = (typeof sourceHealths)[number];

/** A source of revocation data with the age of what it gave. Times are milliseconds since 1970, by the broker's clock. */
export const sourceView = z.object({
  address: z.string(),
  domains: z.array(z.string()),
  origin: z.enum(["configured", "certificate"]),
  health: z.enum(sourceHealths),
  answeredAt: z.number().optional(),
  nextFetchAt: z.number(),
  data: z
    .object({ thisUpdate: z.number(), nextUpdate: z.number(), isDelta: z.boolean(), bytes: z.number() })
    .optional(),
  trouble: z.object({ code: z.string(), detail: z.string(), since: z.number(), failures: z.number() }).optional(),
});
export type SourceView = z.output<typeof sourceView>;

export const domainView = z.object({
  id: z.string(),
  anchors: z.number(),
  /** Absent: every family. */
  families: z.array(z.string()).optional(),
  /** The name of its identity rules. */
  identity: z.string(),
  whenOld: z.discriminatedUnion("rule", [
    z.object({ rule: z.literal("deny") }),
    z.object({ rule: z.literal("allow"), hours: z.number() }),
  ]),
  ocsp: z.enum(["never", "as-named", "at"]),
});
export type DomainView = z.output<typeof domainView>;

export const trustView = z.object({
  now: z.number(),
  /** Of the trust document in force; 0 is the plain configuration, which nobody applied. */
  version: z.number(),
  appliedAt: z.number().optional(),
  domains: z.array(domainView),
  sources: z.array(sourceView),
});
export type TrustView = z.output<typeof trustView>;

/** The rules by which each trust domain names persons. */
export const domainRulesView = z.object({
  domains: z.array(z.object({ id: z.string(), profile: identityProfile })),
});
export type DomainRulesView = z.output<typeof domainRulesView>;
