import type { AlgorithmPolicy } from "./algorithm-policy.ts";

/** The inputs of RFC 5280, 6.1.1 (c) to (g). */
export interface PolicyDemand {
  /** user-initial-policy-set; anyPolicy in it means that any will do. */
  readonly initialSet: ReadonlySet<string>;
  readonly requireExplicit: boolean;
  readonly inhibitMapping: boolean;
  readonly inhibitAny: boolean;
}

/**
 * What the leaf must be made for, by OID. `one-named`: it has to name one of them, and no authority above may name only others.
 * `none-excluded`: each of them, where it names any at all, as RFC 5280 has it.
 */
export interface PurposeDemand {
  readonly rule: "one-named" | "none-excluded";
  readonly of: readonly string[];
}

/** How certificates below the anchor are to be shown unrevoked. Times in milliseconds. */
export interface RevocationDemand {
  /** Lists, OCSP responses, or whichever is there: one that says revoked counts more than any that says good. */
  readonly by: "lists" | "responses" | "either";
  /** Age beyond which nothing counts, whatever its nextUpdate. */
  readonly longestAge?: number;
  /** Age up to which data count that do not say when the next ones come; without it they do not count at all. */
  readonly longestAgeWithoutNext?: number;
  /** How far past their nextUpdate data still count. */
  readonly grace?: number;
}

/** What a verdict is asked for. */
export interface Demand {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly purposes: PurposeDemand;
  /** Bits that the leaf's key usage must have, where it has that extension. */
  readonly keyUsages: readonly number[];
  /** An authority's certificate is no holder's. */
  readonly refusesAuthorities: boolean;
  readonly policies: PolicyDemand;
  readonly revocation: RevocationDemand | "off";
  readonly algorithms: AlgorithmPolicy;
  /** Authorities between leaf and anchor, self-issued ones not counted. */
  readonly mostIntermediates?: number;
}
