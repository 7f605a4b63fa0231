/** How the trail of a store keeps the identifiers of persons. */
export interface TrailIdentifiers {
  /** What stands for it in a record made now; `undefined`: the record is kept as it is. */
  readonly pseudonymOf: ((identifier: string) => string) | undefined;
  /** Everything that may stand for it in records, the identifier itself among them. */
  allOf(identifier: string): readonly string[];
}

export const clearIdentifiers: TrailIdentifiers = { pseudonymOf: undefined, allOf: identifier => [identifier] };
