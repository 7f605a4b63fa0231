import type { HolderGroups } from "../../core/ports/holder-groups.ts";

interface GroupedHouse {
  readonly groups: readonly { readonly id: string; readonly holders: readonly string[] }[];
}

/** The groups that administrators list themselves. */
export function configuredGroups(house: GroupedHouse): HolderGroups {
  let listed: GroupedHouse["groups"] | undefined;
  let byHolder = new Map<string, readonly string[]>();
  return {
    async of(holder) {
      if (listed !== house.groups) {
        listed = house.groups;
        byHolder = groupsByHolder(listed);
      }
      return byHolder.get(holder) ?? [];
    },
  };
}

function groupsByHolder(groups: GroupedHouse["groups"]): Map<string, readonly string[]> {
  const byHolder = new Map<string, readonly string[]>();
  for (const { id, holders } of groups)
    for (const holder of holders) byHolder.set(holder, [...(byHolder.get(holder) ?? []), id]);
  return byHolder;
}
