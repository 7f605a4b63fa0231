/**
 * What a hospital sees of how long sign-ins take. The first ones are a person's wait, from end to end; `entering-pin` is his own
 * time, the others are where the wait was spent.
 */
export const watchedStages = [
  "insertion-to-portal",
  "insertion-to-resumed",
  "pin-to-portal",
  "removal-to-covered",
  "insertion-to-pin-ready",
  "entering-pin",
  "identifying",
  "challenging",
  "presenting",
  "signing",
] as const;
export type WatchedStage = (typeof watchedStages)[number];

/** Milliseconds by stage. */
export type StageTimes = Readonly<Partial<Record<WatchedStage, number>>>;

export function isWatchedStage(text: string): text is WatchedStage {
  return watchedStages.some(stage => stage === text);
}
