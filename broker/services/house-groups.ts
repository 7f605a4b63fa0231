import type { HolderGroups } from "../../core/ports/holder-groups.ts";
import { directoryGroups } from "../directory/directory-groups.ts";
import type { Db } from "../store/store.ts";
import { configuredGroups } from "./configured-groups.ts";
import type { House } from "./house.ts";

/** A holder's groups: those that administrators list themselves, and the directory's. */
export function houseGroups(house: Pick<House, "groups">, db: Db): HolderGroups {
  const listed = configuredGroups(house);
  const known = directoryGroups(db);
  return {
    of: async holder => [...new Set([...(await listed.of(holder)), ...(await known.of(holder))])],
  };
}
