import type { TrailAct } from "../../core/trail/trail-record.ts";
import type { SourceState } from "./source-state.ts";

/** A single failure to reach a source is weather. */
const failuresUntilAlarm = 3;

/**
 * What a change in a source's state is to be recorded as: an alarm when it has sent what cannot be read, or could not be
 * reached three times in a row; its end when it answers again.
 */
export function alarmOf(before: SourceState, after: SourceState): TrailAct | undefined {
  const was = alarmCode(before);
  const is = alarmCode(after);
  if (is !== undefined && is !== was) return "revocation-source-failed";
  return was !== undefined && after.trouble === undefined ? "revocation-source-recovered" : undefined;
}

function alarmCode({ trouble }: SourceState): string | undefined {
  if (trouble === undefined) return undefined;
  return trouble.code === "revocation-data-unreadable" || trouble.failures >= failuresUntilAlarm
    ? trouble.code
    : undefined;
}
