import type { HolderActivities } from "../../core/ports/holder-activities.ts";
import type { Activity } from "../../core/session/activity.ts";
import { personsOfHolder } from "../store/directory-table.ts";
import type { Db } from "../store/store.ts";
import { entriesThatGive } from "./standing.ts";

/** The activities that sources of the directory give; of one that two sources name, the first source's words count. */
export function directoryActivities(db: Db): HolderActivities {
  return {
    async of(holder) {
      const activities = new Map<string, Activity>();
      for (const { person } of entriesThatGive(await personsOfHolder(db, holder)))
        for (const activity of person.activities ?? [])
          if (!activities.has(activity.id)) activities.set(activity.id, activity);
      return [...activities.values()];
    },
  };
}
