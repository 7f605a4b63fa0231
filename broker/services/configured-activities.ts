import type { HolderActivities } from "../../core/ports/holder-activities.ts";
import type { Activity } from "../../core/session/activity.ts";

interface HouseWithActivities {
  readonly activities: readonly (Activity & { readonly holder: string })[];
}

/** The activities that administrators list themselves. */
export function configuredActivities(house: HouseWithActivities): HolderActivities {
  return {
    async of(asked) {
      return house.activities.filter(({ holder }) => holder === asked).map(({ holder: _, ...activity }) => activity);
    },
  };
}
