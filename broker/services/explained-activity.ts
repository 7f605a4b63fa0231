import type { ActivityRoles } from "../../core/session/activity.ts";
import { registeredActivity } from "../../core/session/activity-at-seat.ts";
import { directoryActivities } from "../directory/directory-activities.ts";
import type { Db } from "../store/store.ts";

/** The activity that an explanation is asked under: one that the directory has registered, or a name alone. */
export async function explainedActivity(
  db: Db,
  holder: string,
  id: string | undefined,
): Promise<ActivityRoles | undefined> {
  if (id === undefined) return undefined;
  return registeredActivity(await directoryActivities(db).of(holder), id) ?? { id };
}
