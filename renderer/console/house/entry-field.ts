import type { consoleFr } from "../../i18n/console-fr.ts";

interface Named {
  /** Where it stands in the entry. */
  readonly path: readonly string[];
  readonly label: keyof typeof consoleFr.house.members;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One member of an entry, and how it is asked for. An empty answer takes the member out. */
export type EntryField =
  | (Named & { readonly as: "text" | "number" | "lines" | "numbers" | "flag" })
  | (Named & { readonly as: "choice" | "several"; readonly choices: readonly Choice[] });
