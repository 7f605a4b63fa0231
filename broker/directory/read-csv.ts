import { pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { Failure } from "../../core/errors/failure.ts";
import type { Activity } from "../../core/session/activity.ts";
import { readActivity } from "../../core/session/activity-text.ts";
import { type DirectoryEntry, type DirectoryPerson, directoryPerson } from "./directory-entry.ts";

const demanded = ["id", "displayName", "active"] as const;
/** The columns of a directory in comma-separated values, in any order. */
export const csvColumns = [
  ...demanded,
  "holder",
  "account",
  "mail",
  "manager",
  "language",
  "groups",
  "activities",
] as const;
type Row = Partial<Readonly<Record<(typeof csvColumns)[number], string>>>;

interface CsvLine {
  readonly record: Row;
  readonly info: { readonly lines: number };
}

/**
 * Persons, then their groups, from comma-separated values (RFC 4180, UTF-8) whose first line names the columns; docs/directory.md
 * describes them. One line that cannot be read, or an id that comes twice, refuses all. Rejects with `directory-data-unreadable`.
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<DirectoryEntry> {
  const groups = new Map<string, string[]>();
  const ids = new Set<string>();
  for await (const { record, info } of linesOf(bytes)) {
    const person = readLine(record, info.lines);
    if (ids.has(person.key)) throw unreadable(`line ${info.lines}: a second line of id “${person.key}”`);
    ids.add(person.key);
    for (const name of listIn(record.groups)) {
      const members = groups.get(name);
      if (members === undefined) groups.set(name, [person.reference]);
      else members.push(person.reference);
    }
    yield person;
  }
  for (const [name, members] of groups) yield { kind: "group", key: name, reference: `group:${name}`, name, members };
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvLine> {
  let headed = false;
  const columns = (header: readonly string[]) => {
    headed = true;
    return checkHeader(header);
  };
  const parser = parse({ columns, bom: true, trim: true, info: true, skip_empty_lines: true });
  // What ends the one ends the other; the reader of the parser sees why.
  const lines = pipeline(decoded(bytes), parser, () => {});
  try {
    yield* lines as AsyncIterable<CsvLine>;
  } catch (problem) {
    throw problem instanceof CsvError ? unreadable(problem.message, problem) : problem;
  }
  if (!headed) throw unreadable("no first line that names the columns");
}

/** Strictly: what is not UTF-8 is refused, not replaced. */
async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (some?: Uint8Array) => {
    try {
      return decoder.decode(some, { stream: some !== undefined });
    } catch (problem) {
      throw unreadable("not UTF-8", problem);
    }
  };
  for await (const some of bytes) yield decode(some);
  yield decode();
}

function checkHeader(header: readonly string[]): string[] {
  const unknown = header.find(name => !csvColumns.some(column => column === name));
  if (unknown !== undefined) throw unreadable(`a column “${unknown}”: only ${csvColumns.join(", ")} are known`);
  const missing = demanded.find(name => !header.includes(name));
  if (missing !== undefined) throw unreadable(`no column “${missing}”`);
  if (new Set(header).size < header.length) throw unreadable("a column comes twice");
  return [...header];
}

function readLine(row: Row, line: number): DirectoryPerson {
  const { id, displayName, active } = row;
  const given = (text: string | undefined) => (text === "" ? undefined : text);
  const activities = listIn(row.activities).map(written => activityIn(written, line));
  const person = directoryPerson.safeParse({
    kind: "person",
    key: id,
    reference: `person:${id}`,
    holder: given(row.holder),
    account: given(row.account),
    displayName,
    mail: given(row.mail),
    ...(given(row.manager) === undefined ? {} : { manager: `person:${row.manager}` }),
    ...(given(row.language) === undefined ? {} : { language: row.language }),
    active: active === "yes" ? true : active === "no" ? false : active,
    ...(activities.length === 0 ? {} : { activities }),
  });
  if (person.success) return person.data;
  const [issue] = person.error.issues;
  throw unreadable(`line ${line}, ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

function activityIn(written: string, line: number): Activity {
  const activity = readActivity(written);
  if (activity === undefined)
    throw unreadable(
      `line ${line}, activities: “${written}” is not id|label|profession|speciality|structure|structureName`,
    );
  return activity;
}

function listIn(written: string | undefined): readonly string[] {
  return [...new Set((written ?? "").split(";").map(name => name.trim()))].filter(name => name !== "");
}

function unreadable(detail: string, cause?: unknown): Failure {
  return new Failure("directory-data-unreadable", { detail, cause });
}
