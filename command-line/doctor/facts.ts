import { z } from "zod";
import { type FailureCode, isFailureCode } from "../../core/errors/catalogue.ts";
import { inspectionSteps } from "../../protocol/card-host/inspection.ts";

const shaped = (pattern: RegExp) => z.string().regex(pattern);
const count = z.number().int();

/**
 * All that a finding may hold, each in the one form that it may have. What a bundle carries away is made of these alone, so a
 * name, an identifier or a PIN has no place to stand in.
 */
const forms = {
  /** A reader's product name: no serial number, no index. */
  reader: z.string().max(80),
  other: z.string().max(80),
  /** Hexadecimal; at most 33 bytes (ISO 7816-3, 8.2.1). */
  atr: shaped(/^[0-9a-f]{2,66}$/),
  family: shaped(/^[a-z0-9-]{1,30}$/),
  interface: z.enum(["contact", "contactless"]),
  failure: z.string().refine((text): text is FailureCode => isFailureCode(text)),
  step: z.enum(inspectionSteps),
  use: z.enum(["sign-in", "presence", "other"]),
  /** A day, UTC. */
  day: shaped(/^\d{4}-\d\d-\d\d$/),
  daysLeft: count,
  triesLeft: count,
  commands: count,
  count,
  milliseconds: z.number(),
  seconds: z.number(),
  megabytes: z.number(),
  program: z.enum(["node", "electron", "chromium"]),
  version: shaped(/^[\w.+-]{1,40}$/),
  /** From the list of usual places. */
  module: z.string().max(40),
  /** Permissions of a file, octal. */
  mode: shaped(/^[0-7]{3,4}$/),
  place: z.enum(["keyring", "file"]),
} as const;

export type FactName = keyof typeof forms;
export type Facts = { readonly [Name in FactName]?: z.output<(typeof forms)[Name]> };

/** Keeps what is known and has its form; drops the rest. */
export function onlyFacts(given: Readonly<Record<string, unknown>>): Facts {
  const kept = Object.entries(forms).flatMap(([name, form]) => {
    const parsed = form.safeParse(given[name]);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** The product in a reader's name, without serial number (in brackets) and index (at the end), which PC/SC adds. */
export function readerProduct(name: string): string {
  return name
    .replaceAll(/\([^)]*\)/g, " ")
    .replace(/(\s+[0-9A-F]{1,2}){1,2}\s*$/i, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
