import type { SecondFactor } from "../../core/second-factor/second-factor.ts";
import type { Assurance, Means } from "../../core/session/means.ts";

/** What the policies are told of a holder who would launch applications: facts only, as card, directory and broker have them. */
export interface LaunchQuestion {
  /** PS_IdNat. */
  readonly holder: string;
  readonly roles: HolderRoles;
  readonly groups: readonly string[];
  readonly means: Means;
  /** Beside the means; absent: one proof was enough. */
  readonly secondFactor?: SecondFactor | undefined;
  /** Where it is not what the means gives: a glass broken by card and PIN. */
  readonly assurance?: Assurance | undefined;
  /** From the place itself up to the root of the tree. */
  readonly places: readonly string[];
  readonly workstation: { readonly id: string; readonly name: string };
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the card, and the activity chosen with it, make of the holder. */
export interface HolderRoles {
  readonly profession?: string | undefined;
  readonly speciality?: string | undefined;
  readonly structure?: string | undefined;
  readonly family?: string | undefined;
  readonly activity?: string | undefined;
}
