import type { HolderGroups } from "../../core/ports/holder-groups.ts";
import { groupsOfPerson, personsOfHolder } from "../store/directory-table.ts";
import type { Db } from "../store/store.ts";
import { entriesThatGive } from "./standing.ts";

/** The groups that sources of the directory give, all of them together, by name. */
export function directoryGroups(db: Db): HolderGroups {
  return {
    async of(holder) {
      const groups = new Set<string>();
      for (const { source, person } of entriesThatGive(await personsOfHolder(db, holder)))
        for (const name of await groupsOfPerson(db, source, person)) groups.add(name);
      return [...groups].sort();
    },
  };
}
