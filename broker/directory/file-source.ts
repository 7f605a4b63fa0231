import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { CsvError, parse } from "csv-parse";
import { Failure } from "../../core/errors/failure.ts";
import type { FileSourceConfiguration } from "./directory-configuration.ts";
import {
  type DirectoryEntry,
  type DirectoryReading,
  type DirectorySource,
  directoryPerson,
} from "./directory-entry.ts";

const columns = ["id", "holder", "account", "displayName", "mail", "active", "groups"] as const;
const noChange: DirectoryReading = { extent: "changes", entries: nothing(), watermark: () => undefined };

/**
 * Persons and their groups from a file of comma-separated values (RFC 4180), UTF-8, with the header
 * `id,holder,account,displayName,mail,active,groups`; `active` is `yes` or `no`, groups stand with `;` between them. One line
 * that cannot be read refuses the whole file.
 */
export class FileSource implements DirectorySource {
  readonly id: string;
  readonly intervalMs = 2_000;
  readonly #file: string;

  constructor({ id, file }: FileSourceConfiguration) {
    this.id = id;
    this.#file = file;
  }

  async read(since: string | undefined): Promise<DirectoryReading> {
    const seen = await this.#stamp();
    if (seen === since) return { ...noChange, watermark: () => seen };
    return { extent: "everything", entries: this.#entries(), watermark: () => seen };
  }

  async #stamp(): Promise<string> {
    try {
      const { mtimeMs, size, ino } = await stat(this.#file);
      return `${mtimeMs} ${size} ${ino}`;
    } catch (problem) {
      throw new Failure("directory-source-unreachable", { detail: `${this.#file}: ${problem}`, cause: problem });
    }
  }

  async *#entries(): AsyncGenerator<DirectoryEntry> {
    const groups = new Map<string, string[]>();
    try {
      const lines = createReadStream(this.#file).pipe(
        parse({ columns: header => checkHeader(header), bom: true, trim: true, info: true }),
      );
      for await (const { record, info } of lines as AsyncIterable<CsvLine>) {
        const person = readLine(record, info.lines);
        for (const name of groupsIn(record)) {
          const members = groups.get(name) ?? [];
          members.push(person.reference);
          groups.set(name, members);
        }
        yield person;
      }
    } catch (problem) {
      if (problem instanceof Failure) throw problem;
      const detail = problem instanceof CsvError ? problem.message : String(problem);
      throw new Failure("directory-data-unreadable", { detail: `${this.#file}: ${detail}`, cause: problem });
    }
    for (const [name, members] of groups) yield { kind: "group", key: name, reference: `group:${name}`, name, members };
  }
}

type Row = Readonly<Record<(typeof columns)[number], string>>;
interface CsvLine {
  readonly record: Row;
  readonly info: { readonly lines: number };
}

function checkHeader(header: readonly string[]): string[] {
  if (header.join() !== columns.join())
    throw new Failure("directory-data-unreadable", { detail: `the first line is not “${columns.join()}”` });
  return [...columns];
}

function readLine(row: Row, line: number) {
  const { id, holder, account, displayName, mail, active } = row;
  const given = (text: string) => (text === "" ? undefined : text);
  const person = directoryPerson.safeParse({
    kind: "person",
    key: id,
    reference: id,
    holder: given(holder),
    account: given(account),
    displayName,
    mail: given(mail),
    active: active === "yes" ? true : active === "no" ? false : active,
  });
  if (person.success) return person.data;
  const [issue] = person.error.issues;
  throw new Failure("directory-data-unreadable", {
    detail: `line ${line}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`,
  });
}

function groupsIn({ groups }: Row): readonly string[] {
  return [...new Set(groups.split(";").map(name => name.trim()))].filter(name => name !== "");
}

async function* nothing(): AsyncGenerator<DirectoryEntry> {}
