import type { ScimAttribute } from "./scim-attribute.ts";

/** RFC 7643, section 7. */
export interface ScimSchema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly ScimAttribute[];
}
