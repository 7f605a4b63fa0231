import type { ExportedRecord } from "./exported-record.ts";

/** Where a continuous export goes. */
export interface TrailReceiver {
  /** How many records it takes at once. */
  readonly atOnce: number;
  /** Resolves when the receiver has them all, in this order; rejects where it may not: they come again. */
  send(records: readonly ExportedRecord[]): Promise<void>;
  close(): Promise<void>;
}
