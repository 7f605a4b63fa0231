import { z } from "zod";
import { reason } from "./reason.ts";

/** An identifier as cards say it and as sessions know it; in France a PS_IdNat. */
const identifier = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{4,80}$/, "4 to 80 signs without spaces");

export const aliasPair = z.strictObject({ identifier, holder: identifier });
export type AliasPair = z.output<typeof aliasPair>;

export const aliasAddition = aliasPair.extend({ reason });
export type AliasAddition = z.output<typeof aliasAddition>;

export const aliasRemoval = z.strictObject({ identifier, reason });
export type AliasRemoval = z.output<typeof aliasRemoval>;

export const aliasesView = z.object({
  now: z.number(),
  aliases: z.array(z.object({ identifier: z.string(), holder: z.string(), since: z.number() })),
});
export type AliasesView = z.output<typeof aliasesView>;

/** What an alias would do, asked before it is written. */
export const aliasEffects = z.object({
  /** The identifier of an alias that is in its way. */
  inTheWayOf: z.string().optional(),
  /** A session that is open under the identifier now, and will not be taken over. */
  openSession: z.boolean(),
});
export type AliasEffects = z.output<typeof aliasEffects>;
