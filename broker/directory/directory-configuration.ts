import { z } from "zod";

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** A file that another system writes, or that is kept by hand. */
const fileSource = z.strictObject({
  id,
  kind: z.literal("csv"),
  file: z.string(),
});
export type FileSourceConfiguration = z.output<typeof fileSource>;

/** An LDAP directory or Active Directory. */
const ldapSource = z.strictObject({
  id,
  kind: z.literal("ldap"),
  /** Asked in this order: the next one where one does not answer. */
  servers: z
    .array(z.url({ protocol: /^ldaps?$/ }))
    .min(1)
    .max(10),
  /** PEM of the authorities that the servers' certificates come from; absent: those that Node comes with. */
  authorities: z.string().optional(),
  bindName: z.string(),
  /** The bind password is the first line of this file. */
  bindPasswordFile: z.string(),
  schema: z.enum(["active-directory", "inet-org-person"]),
  people: z.strictObject({ base: z.string(), filter: z.string().default("(objectClass=person)") }),
  groups: z.strictObject({ base: z.string(), filter: z.string().optional() }).optional(),
  /** The attribute that holds PS_IdNat. */
  holderAttribute: z.string().default("employeeNumber"),
  intervalSeconds: z.number().int().min(1).max(86_400).default(60),
  /** Everything is read again this often, which is how a deleted entry is noticed. */
  everythingHours: z.number().min(0.01).max(168).default(6),
});
export type LdapSourceConfiguration = z.output<typeof ldapSource>;

export const directoryConfiguration = z.strictObject({
  /** True: a holder whom no source knows does not sign in. */
  required: z.boolean().default(false),
  sources: z
    .array(z.discriminatedUnion("kind", [fileSource, ldapSource]))
    .max(20)
    .default([])
    .refine(sources => new Set(sources.map(one => one.id)).size === sources.length, "two sources of one id"),
});
export type DirectoryConfiguration = z.output<typeof directoryConfiguration>;
