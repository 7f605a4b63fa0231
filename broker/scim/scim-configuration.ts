import { z } from "zod";
import { type AttributePath, findPath, lastOf } from "./schema/attribute-path.ts";
import { healthProfessionalSchema } from "./schema/health-professional-schema.ts";
import { userType } from "./schema/resource-type.ts";
import type { ScimSource } from "./scim-source.ts";
import type { TokenPlace } from "./scim-tokens.ts";

/** Persons and groups that an identity-management system writes by SCIM (docs/scim.md). */
export const scimSource = z.strictObject({
  kind: z.literal("scim"),
  /** The SHA-256 of each token that opens the source, in hexadecimal, one a line: `wardkey directory scim-token`. */
  tokenFile: z.string(),
  /** Where a user's PS_IdNat stands. */
  holderAttribute: z
    .string()
    .refine(name => holderPath(name) !== undefined, "no attribute of a user that has one text")
    .default(`${healthProfessionalSchema.id}:holder`),
});
export type ScimSourceConfiguration = z.output<typeof scimSource> & { readonly id: string };

/** The source as the door needs it. */
export function scimSourceOf({ id, tokenFile, holderAttribute }: ScimSourceConfiguration): ScimSource & TokenPlace {
  const holder = holderPath(holderAttribute);
  if (holder === undefined) throw new Error(`no attribute “${holderAttribute}”`);
  return { id, tokenFile, holder };
}

function holderPath(name: string): AttributePath | undefined {
  const path = findPath(userType, name);
  if (path === undefined || lastOf(path).type !== "string") return undefined;
  return path.some(({ multiValued }) => multiValued) ? undefined : path;
}
