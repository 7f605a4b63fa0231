import { failureCatalogue } from "../core/errors/catalogue.ts";
import { asFailure } from "../core/errors/failure.ts";

/** What went wrong and what to do, for standard error. */
export function problemText(problem: unknown): string {
  const { code, detail } = asFailure(problem);
  if (code === "internal") return `wardkey: ${problem instanceof Error ? problem.message : problem}`;
  const { meaning, remedy } = failureCatalogue[code];
  return [`wardkey: ${meaning} (${code})`, ...(detail === undefined ? [] : [`  ${detail}`]), `  ${remedy}`].join("\n");
}
