import type { HolderGroups } from "../../core/ports/holder-groups.ts";

interface ConfiguredGroup {
  readonly id: string;
  readonly holders: readonly string[];
}

/** The groups that the configuration lists. */
export function configuredGroups(groups: readonly ConfiguredGroup[]): HolderGroups {
  const byHolder = new Map<string, readonly string[]>();
  for (const { id, holders } of groups)
    for (const holder of holders) byHolder.set(holder, [...(byHolder.get(holder) ?? []), id]);
  return { of: async holder => byHolder.get(holder) ?? [] };
}
