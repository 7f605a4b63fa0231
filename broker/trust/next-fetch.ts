const minute = 60_000;
const hour = 60 * minute;
/** Complete lists are fetched once in the night, each broker at an hour of its own: an authority serves a whole country. */
const night = { fromHour: 0, hours: 5 } as const;
const longestPause = hour;

export interface FetchState {
  readonly now: number;
  /** Of the data at hand. Milliseconds since 1970. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly isDelta: boolean;
  /** 0 to below 1. */
  readonly random: number;
}

/**
 * When a source is asked again after it answered: a complete list in the night to come, a delta within the hour, both before
 * the data at hand grow old. Where they are old already, in ten minutes: the authority is late.
 */
export function nextFetchAfterAnswer({ now, thisUpdate, nextUpdate, isDelta, random }: FetchState): number {
  const wanted = isDelta ? now + hour * (0.75 + random / 4) : nightAfter(now, random);
  const margin = Math.max((nextUpdate - thisUpdate) / 10, 0);
  const latest = nextUpdate - margin;
  return Math.min(wanted, latest > now + minute ? latest : now + 10 * minute);
}

/** When a source is asked again after it failed for the nth time in a row: a minute, two, four, at most an hour. */
export function nextFetchAfterFailure(now: number, failures: number, random: number): number {
  return now + Math.min(minute * 2 ** Math.min(failures - 1, 10), longestPause) * (1 - random / 4);
}

function nightAfter(now: number, random: number): number {
  const tonight = new Date(now);
  tonight.setHours(night.fromHour, 0, 0, 0);
  const at = tonight.getTime() + random * night.hours * hour;
  // At least half an hour off, so that a start in the night does not fetch twice.
  if (at > now + 30 * minute) return at;
  tonight.setDate(tonight.getDate() + 1);
  return tonight.getTime() + random * night.hours * hour;
}
