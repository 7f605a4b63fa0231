import type { Activity } from "../session/activity.ts";

/** Where the activities of a holder come from. */
export interface HolderActivities {
  /** All that are registered; none for a holder that is not known there. `holder`: PS_IdNat. */
  of(holder: string): Promise<readonly Activity[]>;
}
