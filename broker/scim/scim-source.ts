import type { AttributePath } from "./schema/attribute-path.ts";

/** A source of the directory whose persons and groups a client of SCIM writes. */
export interface ScimSource {
  readonly id: string;
  /** Where a user's PS_IdNat stands. */
  readonly holder: AttributePath;
}
