import { type Facts, onlyFacts } from "./facts.ts";
import { type FindingCode, findingCatalogue, type Level } from "./finding-catalogue.ts";

/** One thing that was found: which, and the facts that its words are made of. */
export interface Finding {
  readonly code: FindingCode;
  readonly level: Level;
  readonly says: string;
  readonly remedy?: string;
  readonly facts: Facts;
}

export function finding(code: FindingCode, given: Facts = {}): Finding {
  const facts = onlyFacts(given);
  const entry: { level: Level; says: (facts: Facts) => string; remedy?: string | ((facts: Facts) => string) } =
    findingCatalogue[code];
  const remedy = typeof entry.remedy === "function" ? entry.remedy(facts) : entry.remedy;
  return { code, level: entry.level, says: entry.says(facts), ...(remedy === undefined ? {} : { remedy }), facts };
}
