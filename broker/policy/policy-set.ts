import type { PolicyJson } from "./cedar.ts";
import type { PolicySource } from "./policy-source.ts";

/** One policy of a set that passed its checks. */
export interface Policy {
  /** Its `@id`. */
  readonly id: string;
  readonly file: string;
  /** Where it begins, 1 for the first line. */
  readonly line: number;
  /** What Cedar is given: its JSON form would round large numbers. */
  readonly text: string;
  readonly json: PolicyJson;
  /** Words for the holder whom it keeps out, by language: `@why_fr("…")`, `@why_en("…")`. */
  readonly why: Readonly<Record<string, string>>;
}

export interface PolicySet {
  readonly version: string;
  readonly sources: readonly PolicySource[];
  readonly policies: readonly Policy[];
  /** What Cedar finds odd and does not refuse, e.g. a policy that can never apply. */
  readonly remarks: readonly PolicyFault[];
}

/** Why a set is refused: where, and in whose words. */
export interface PolicyFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Cedar's words, or ours where Cedar has nothing against it. */
  readonly words: string;
}

export function faultText({ file, line, column, words }: PolicyFault): string {
  return `${file}:${line}:${column}: ${words}`;
}
