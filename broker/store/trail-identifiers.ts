import { keyedRecord } from "../../core/trail/keyed-record.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Writing } from "./store.ts";

/** How the trail of a store keeps the identifiers of persons. */
export interface TrailIdentifiers {
  /** What stands for it in a record made now; `undefined`: the record is kept as it is. */
  readonly pseudonymOf: ((identifier: string) => string) | undefined;
  /** Everything that may stand for it in records, the identifier itself among them. */
  allOf(identifier: string): readonly string[];
}

export const clearIdentifiers: TrailIdentifiers = { pseudonymOf: undefined, allOf: identifier => [identifier] };

const ofTransaction = new WeakMap<Writing, TrailIdentifiers>();

/** Says how the records of this transaction keep their identifiers. */
export function keepIdentifiers(tx: Writing, identifiers: TrailIdentifiers): void {
  ofTransaction.set(tx, identifiers);
}

/** The record as the transaction's store keeps it. */
export function recordToKeep(tx: Writing, record: TrailRecord, names: readonly string[]): TrailRecord {
  const pseudonymOf = ofTransaction.get(tx)?.pseudonymOf;
  return pseudonymOf === undefined ? record : keyedRecord(record, names, pseudonymOf);
}
