import type { AskedApplication } from "./cedar-request.ts";
import type { KnownNames } from "./compile-policies.ts";
import { type PlainEntitlement, plainPolicies, plainPoliciesFile } from "./plain-policies.ts";
import { policiesIn } from "./policy-folder.ts";
import type { PolicySource } from "./policy-source.ts";

/** What of the broker's configuration policies depend on. */
export interface ConfiguredPolicies {
  readonly policyFolder?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly places: readonly { readonly id: string; readonly within?: string | undefined }[];
  readonly applications: readonly (AskedApplication & PlainEntitlement)[];
  /** Texts that administrators keep in the console. */
  readonly policyTexts?: readonly { readonly id: string; readonly text: string }[] | undefined;
}

const inConsole = "console/";

/** The policies of a folder, where there is one, and those that the house states. Throws where the folder cannot be read. */
export function policySourcesOf(house: ConfiguredPolicies, folder: string | undefined): readonly PolicySource[] {
  return policySourcesWith(house, folder === undefined ? undefined : policiesIn(folder));
}

/** The same with these texts as the folder's. */
export function policySourcesWith(
  { applications, policyTexts = [] }: ConfiguredPolicies,
  folder: readonly PolicySource[] | undefined,
): readonly PolicySource[] {
  const besideTexts = folder !== undefined || policyTexts.length > 0;
  const kept = policyTexts.map(({ id, text }) => ({ file: inConsole + id, text }));
  return [plainPolicies(applications, besideTexts), ...(folder ?? []), ...kept];
}

/** Where a text of a set was written; `undefined`: in no text, an application states it. */
export function writtenIn({
  file,
}: Pick<PolicySource, "file">): { readonly source: "file" | "console"; readonly id: string } | undefined {
  if (file === plainPoliciesFile) return undefined;
  return file.startsWith(inConsole)
    ? { source: "console", id: file.slice(inConsole.length) }
    : { source: "file", id: file };
}

export function knownNames({ places, applications }: ConfiguredPolicies): KnownNames {
  return {
    places: places.map(({ id }) => id),
    applications: applications.map(({ id }) => id),
    applicationGroups: applications.flatMap(({ group }) => (group === undefined ? [] : [group])),
  };
}
