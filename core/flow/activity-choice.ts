import type { FailureCode } from "../errors/catalogue.ts";

/**
 * The holder of an open seat chooses under which of his activities he works. `required`: none is chosen, and nothing opens before.
 */
export type ActivityChoice =
  | { readonly step: "asking"; readonly required: boolean; readonly problem: FailureCode | undefined }
  /** The broker is being told. */
  | { readonly step: "telling"; readonly required: boolean; readonly activity: string; readonly attempt: number }
  /** The one that counted has gone: the broker is being asked which there are. */
  | { readonly step: "looking"; readonly required: true; readonly attempt: number };
