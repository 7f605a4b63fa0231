import type { Activity } from "./activity.ts";

/** What is known when a holder takes a seat. */
export interface ActivityKnowledge {
  /** All that he has now. */
  readonly registered: readonly Activity[];
  /** What his session stood under so far. */
  readonly present: Activity | undefined;
  /** The identifier of what he chose last at this place. */
  readonly remembered: string | undefined;
}

/**
 * The activity that a session stands under when it takes a seat: the only one there is; otherwise the one that this place
 * remembers; otherwise the one that the session brings along. None of them: the holder is asked.
 */
export function activityAtSeat({ registered, present, remembered }: ActivityKnowledge): Activity | undefined {
  if (registered.length === 1) return registered[0];
  return registeredActivity(registered, remembered) ?? registeredActivity(registered, present?.id);
}

export function registeredActivity(registered: readonly Activity[], id: string | undefined): Activity | undefined {
  return registered.find(activity => activity.id === id);
}
