/** When the next attempt may be made, by the times of those that were, milliseconds since 1970, oldest first. */
export interface AttemptRule {
  /** Which of them still count. */
  counting(times: readonly number[], now: number): readonly number[];
  /** `times`: those that count. In the past, or 0, where the next one may be now. */
  nextAt(times: readonly number[]): number;
}

export interface AttemptLimit {
  readonly most: number;
  readonly withinMs: number;
}

/** So many within so long, and no more. */
export function atMost({ most, withinMs }: AttemptLimit): AttemptRule {
  return {
    counting: (times, now) => times.filter(at => at > now - withinMs),
    nextAt: times => (times.length < most ? 0 : (times[0] ?? 0) + withinMs),
  };
}

export interface BackOff {
  /** Attempts before the first pause. */
  readonly free: number;
  /** The first pause; each further one is twice as long. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** After so many longest pauses without an attempt nothing is remembered. */
const forgottenAfter = 4;

/** Further and further apart, until one of them succeeds. */
export function everSlower({ free, firstMs, longestMs }: BackOff): AttemptRule {
  const pauseAfter = (count: number) => (count < free ? 0 : Math.min(longestMs, firstMs * 2 ** (count - free)));
  /** More change nothing: the pause is the longest. */
  const mostKept = free + Math.ceil(Math.log2(Math.max(1, longestMs / firstMs)));
  return {
    counting: (times, now) =>
      (times.at(-1) ?? Number.NEGATIVE_INFINITY) > now - forgottenAfter * longestMs ? times.slice(-mostKept) : [],
    nextAt: times => (times.at(-1) ?? 0) + pauseAfter(times.length),
  };
}
