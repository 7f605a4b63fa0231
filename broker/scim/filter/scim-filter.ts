import type { AttributePath } from "../schema/attribute-path.ts";

export const comparisons = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const;
export type Comparison = (typeof comparisons)[number];

/** RFC 7644, section 3.4.2.2, its attributes found in the schema. */
export type ScimFilter =
  | { readonly kind: "and" | "or"; readonly filters: readonly ScimFilter[] }
  | { readonly kind: "not"; readonly filter: ScimFilter }
  | { readonly kind: "present"; readonly path: AttributePath }
  | {
      readonly kind: "compare";
      readonly path: AttributePath;
      readonly comparison: Comparison;
      /** null: no value. */
      readonly value: string | boolean | null;
    }
  /** One value of the attribute at least fits the filter, whose paths begin at that value. */
  | { readonly kind: "some"; readonly path: AttributePath; readonly filter: ScimFilter };
