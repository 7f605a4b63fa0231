import { dirname, resolve } from "node:path";
import { z } from "zod";
import { holderPath } from "../scim/configured-scim-sources.ts";
import { healthProfessionalSchema } from "../scim/schema/health-professional-schema.ts";

/** The source that administrators keep in the console: always there, so its name is taken. */
export const embeddedSource = "embedded";

const id = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/)
  .refine(name => name !== embeddedSource, "the console's own source");

/** A file of comma-separated values that another system writes, or that is kept by hand (docs/directory.md). */
const fileSource = z.strictObject({
  id,
  kind: z.literal("csv"),
  file: z.string(),
  /** How often it is looked at; it is read only when it has changed. */
  intervalSeconds: z.number().min(0.2).max(86_400).default(2),
});
export type FileSourceConfiguration = z.output<typeof fileSource>;

/** Persons and groups that an identity-management system writes by SCIM (docs/scim.md). */
const scimSource = z.strictObject({
  id,
  kind: z.literal("scim"),
  /** The SHA-256 of each token that opens the source, in hexadecimal, one a line: `wardkey directory scim-token`. */
  tokenFile: z.string(),
  /** Where a user's PS_IdNat stands. */
  holderAttribute: z
    .string()
    .refine(name => holderPath(name) !== undefined, "no attribute of a user that has one text")
    .default(`${healthProfessionalSchema.id}:holder`),
});
export type ScimSourceConfiguration = z.output<typeof scimSource>;

const source = z.discriminatedUnion("kind", [fileSource, scimSource]);
export type SourceConfiguration = z.output<typeof source>;

export const directoryConfiguration = z.strictObject({
  /** True: a holder whom no source knows does not sign in. */
  required: z.boolean().default(false),
  sources: z
    .array(source)
    .max(20)
    .default([])
    .refine(sources => new Set(sources.map(one => one.id)).size === sources.length, "two sources of one id"),
});
export type DirectoryConfiguration = z.output<typeof directoryConfiguration>;

/** Relative paths start at the configuration's folder. */
export function directoryFrom(configurationFile: string, directory: DirectoryConfiguration): DirectoryConfiguration {
  const from = (path: string) => resolve(dirname(configurationFile), path);
  const resolved = (source: SourceConfiguration): SourceConfiguration => {
    switch (source.kind) {
      case "csv":
        return { ...source, file: from(source.file) };
      case "scim":
        return { ...source, tokenFile: from(source.tokenFile) };
    }
  };
  return { ...directory, sources: directory.sources.map(resolved) };
}
