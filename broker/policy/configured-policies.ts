import type { AskedApplication } from "./cedar-request.ts";
import type { KnownNames } from "./compile-policies.ts";
import { type PlainEntitlement, plainPolicies } from "./plain-policies.ts";
import { policiesIn } from "./policy-folder.ts";
import type { PolicySource } from "./policy-source.ts";

/** What of the broker's configuration policies depend on. */
export interface ConfiguredPolicies {
  readonly policyFolder?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly places: readonly { readonly id: string; readonly within?: string | undefined }[];
  readonly applications: readonly (AskedApplication & PlainEntitlement)[];
}

/** The policies of a folder, where there is one, and those that the configuration states. Throws where the folder cannot be read. */
export function policySourcesOf(
  { applications }: ConfiguredPolicies,
  folder: string | undefined,
): readonly PolicySource[] {
  return [plainPolicies(applications, folder !== undefined), ...(folder === undefined ? [] : policiesIn(folder))];
}

export function knownNames({ places, applications }: ConfiguredPolicies): KnownNames {
  return {
    places: places.map(({ id }) => id),
    applications: applications.map(({ id }) => id),
    applicationGroups: applications.flatMap(({ group }) => (group === undefined ? [] : [group])),
  };
}
