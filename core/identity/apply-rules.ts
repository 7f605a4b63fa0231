import type { Certificate } from "../certificate/certificate.ts";
import { type IdentityMember, type IdentityProfile, type IdentityRule, patternOf } from "./identity-rule.ts";
import { valuesAt } from "./source-values.ts";

/** A member with the rule that gave it. */
export interface Finding {
  readonly member: IdentityMember;
  readonly value: string;
  readonly rule: string;
}

const longestValue = 128;
/** Control characters, and those that turn or hide text on a screen, have no place in a name. */
const unfit = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

/** What a profile's rules find in a certificate: each member at most once, by the first rule that gives it. */
export function applyRules(certificate: Certificate, profile: IdentityProfile): readonly Finding[] {
  const found = new Map<IdentityMember, Finding>();
  for (const rule of profile.rules) {
    if (found.has(rule.member)) continue;
    const value = firstValue(certificate, rule);
    if (value !== undefined) found.set(rule.member, { member: rule.member, value, rule: rule.name });
  }
  return [...found.values()];
}

function firstValue(certificate: Certificate, rule: IdentityRule): string | undefined {
  for (const written of valuesAt(certificate, rule.from)) {
    if (!isDigits(rule) && (written.length > longestValue || unfit.test(written))) continue;
    const taken = rule.pattern === undefined ? written : taking(written, rule.pattern);
    if (taken !== undefined) return `${rule.prefix ?? ""}${wordFor(taken, rule)}`;
  }
  return undefined;
}

/** Hexadecimal digits are read by a pattern, not by a person. */
function isDigits({ from }: IdentityRule): boolean {
  return from.kind === "extension" && from.as === "hex";
}

function taking(written: string, pattern: string): string | undefined {
  const match = patternOf(pattern).exec(written);
  return match === null ? undefined : (match[1] ?? match[0]);
}

function wordFor(code: string, { words }: IdentityRule): string {
  return words !== undefined && Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}
