import { dirname, resolve } from "node:path";
import { z } from "zod";
import { embeddedSource } from "../../protocol/broker/console/directory-view.ts";
import { scimSource } from "../scim/scim-configuration.ts";
import { ldapSource } from "./ldap/ldap-configuration.ts";

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

const source = z.discriminatedUnion("kind", [fileSource, ldapSource.safeExtend({ id }), scimSource.safeExtend({ id })]);
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
  const located = (one: SourceConfiguration): SourceConfiguration => {
    switch (one.kind) {
      case "csv":
        return { ...one, file: from(one.file) };
      case "ldap":
        return {
          ...one,
          bindPasswordFile: from(one.bindPasswordFile),
          ...(one.authorities === undefined ? {} : { authorities: from(one.authorities) }),
        };
      case "scim":
        return { ...one, tokenFile: from(one.tokenFile) };
    }
  };
  return { ...directory, sources: directory.sources.map(located) };
}
