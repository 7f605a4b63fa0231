import type { TimesView } from "../../../protocol/broker/console/stopwatch.ts";

interface SpreadProps {
  readonly times: TimesView;
  /** The right edge, milliseconds. */
  readonly mostMs: number;
  /** Where the limit is drawn; absent: it is about something else. */
  readonly limitMs?: number | undefined;
}

const width = 240;
const height = 18;

/** Median, 95 and 99 of 100 on one scale. A picture of the numbers beside it: not read out. */
export function Spread({ times: { p50, p95, p99 }, mostMs, limitMs }: SpreadProps) {
  const at = (ms: number) => Math.min(width, (ms / Math.max(1, mostMs)) * width);
  return (
    <svg className="spread" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect className="ground" x={0} y={7} width={width} height={4} rx={2} />
      <rect className="wide" x={0} y={3} width={Math.max(2, at(p95))} height={12} rx={3} />
      <rect className="middle" x={0} y={3} width={Math.max(2, at(p50))} height={12} rx={3} />
      <rect className="far" x={Math.max(0, at(p99) - 2)} y={1} width={2} height={16} />
      {limitMs !== undefined && limitMs <= mostMs && (
        <line className="limit" x1={at(limitMs)} x2={at(limitMs)} y1={0} y2={height} />
      )}
    </svg>
  );
}
