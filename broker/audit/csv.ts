import type { ExportedRecord } from "./exported-record.ts";

const columns = [
  "act",
  "holder",
  "by",
  "shownAs",
  "means",
  "assurance",
  "workstation",
  "place",
  "session",
  "application",
  "policy",
  "code",
  "detail",
  "revocation",
  "secondFactor",
] as const;

/** The first line (RFC 4180, section 2.3). */
export const csvHead = `${["origin", "sequence", "time", ...columns, "hash"].join(",")}\r\n`;

/** One line of CSV; times are UTC (RFC 3339). */
export function csvLine({ origin, sequence, hash, record }: ExportedRecord): string {
  const fields = [
    origin,
    String(sequence),
    new Date(record.at).toISOString(),
    ...columns.map(column => record[column] ?? ""),
    hash,
  ];
  return `${fields.map(field).join(",")}\r\n`;
}

/** What a spreadsheet would take for a formula is made text by an apostrophe, as OWASP advises against CSV injection. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
