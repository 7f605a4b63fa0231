import { cardFailures } from "./card-failures.ts";
import type { FailureEntry } from "./entry.ts";
import { proofFailures } from "./proof-failures.ts";
import { readerFailures } from "./reader-failures.ts";
import { secondFactorFailures } from "./second-factor-failures.ts";
import { serviceFailures } from "./service-failures.ts";
import { stepUpFailures } from "./step-up-failures.ts";

/** Every failure that Wardkey can tell of, by its code. docs/errors.md is made from it. */
export const failureCatalogue = {
  ...readerFailures,
  ...cardFailures,
  ...proofFailures,
  ...serviceFailures,
  ...stepUpFailures,
  ...secondFactorFailures,
} as const satisfies Record<string, FailureEntry>;

export type FailureCode = keyof typeof failureCatalogue;

export function isFailureCode(text: string): text is FailureCode {
  return Object.hasOwn(failureCatalogue, text);
}
