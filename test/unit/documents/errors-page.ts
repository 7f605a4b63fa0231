import { failureCatalogue } from "../../../core/errors/catalogue.ts";

/** docs/errors.md: every failure code with its meaning and remedy, from the catalogue. */
export function errorsPage(): string {
  const rows = Object.entries(failureCatalogue)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([code, entry]) =>
        `| \`${code}\` | ${entry.audience} | ${entry.retriable ? "yes" : "no"} | ${entry.meaning} | ${entry.remedy} |`,
    );
  return [
    "# Failure codes",
    "",
    "Made from `core/errors` by `npm test -- --update` (test/unit/documents); change it there. The holder reads other words,",
    "in his language: renderer/i18n. *Who* can do something about it; *again* tells whether the same act may succeed a moment",
    "later by itself.",
    "",
    "| code | who | again | what happened | what to do |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
