import { type Filter, FilterParser } from "ldapts";
import { Failure } from "../../../core/errors/failure.ts";
import type { LdapConnection, LdapSearch } from "../../ldap/ldap-connection.ts";
import { type BroughtEntry, directoryGroup } from "../directory-entry.ts";
import type { LdapSourceConfiguration } from "./ldap-configuration.ts";
import { LdapEntry } from "./ldap-entry.ts";
import type { LdapLook, LdapSchema } from "./ldap-schema.ts";
import { PersonReader } from "./person-reader.ts";
import { memberRequest, readMembers } from "./read-members.ts";
import { anyOf, both } from "./search-filters.ts";

type Reader = (entry: LdapEntry) => BroughtEntry | Promise<BroughtEntry>;

/** Groups that name changed entries are asked for by so many names at a time; of more changes, all groups are read. */
const namesAtOnce = 50;
const mostNames = 1_000;
const entriesOfPage = 500;
/** Groups come with their members. */
const groupsOfPage = 25;

/** What one look reads from one server, to be read once. */
export class EntryReading {
  readonly #connection: LdapConnection;
  readonly #schema: LdapSchema;
  readonly #configuration: LdapSourceConfiguration;
  readonly #look: Exclude<LdapLook, { extent: "unchanged" }>;
  /** Of changes: keys of what came. */
  readonly #brought = new Set<string>();

  constructor(
    connection: LdapConnection,
    schema: LdapSchema,
    configuration: LdapSourceConfiguration,
    look: Exclude<LdapLook, { extent: "unchanged" }>,
  ) {
    this.#connection = connection;
    this.#schema = schema;
    this.#configuration = configuration;
    this.#look = look;
  }

  /**
   * Persons, then groups, then what has changed and is none of ours any more. An entry that cannot be read is brought as unreadable:
   * one odd person must not keep all others from being disabled. An entry without a key refuses the whole.
   */
  async *entries(): AsyncGenerator<BroughtEntry> {
    const { people } = this.#configuration;
    const { changed, root } = this.#look;
    const names: string[] = [];
    const persons = new PersonReader(this.#schema, people);
    const filter = both(FilterParser.parseString(people.filter ?? this.#schema.peopleFilter), changed);
    const asked = { base: people.base, filter, attributes: persons.attributes, pageSize: entriesOfPage };
    yield* this.#reading(asked, entry => persons.read(entry), names);
    yield* this.#groups(changed, names);
    if (changed !== undefined && root !== undefined) yield* this.#gone(root, changed);
  }

  /** `names`: of persons that came among changes. */
  async *#groups(changed: Filter | undefined, names: readonly string[]): AsyncGenerator<BroughtEntry> {
    const { groups } = this.#configuration;
    if (groups === undefined) return;
    const all = FilterParser.parseString(groups.filter ?? this.#schema.groupsFilter);
    const attributes = [...this.#schema.attributes, groups.nameAttribute, ...memberRequest(this.#schema)];
    const read: Reader = entry => this.#group(groups.nameAttribute, entry);
    const found = (filter: Filter, seen: string[] = []) =>
      this.#reading({ base: groups.base, filter, attributes, pageSize: groupsOfPage }, read, seen);
    const renamed: string[] = [...names];
    yield* found(both(all, changed), renamed);
    if (changed === undefined || !this.#schema.membersAreNames) return;
    if (renamed.length > mostNames) return yield* found(all);
    for (let at = 0; at < renamed.length; at += namesAtOnce)
      yield* found(both(all, anyOf(this.#schema.memberAttributes, renamed.slice(at, at + namesAtOnce))));
  }

  /** `names` are added to, those of entries that come among changes. */
  async *#reading(
    asked: Omit<LdapSearch, "scope" | "controls">,
    read: Reader,
    names: string[],
  ): AsyncGenerator<BroughtEntry> {
    const { controls } = this.#schema;
    for await (const found of this.#connection.search({ ...asked, scope: "sub", controls })) {
      const entry = new LdapEntry(found);
      this.#look.saw(entry);
      const key = this.#keyOf(entry);
      if (this.#look.changed !== undefined) {
        this.#brought.add(key);
        names.push(entry.name);
      }
      yield await readOr(key, entry, read);
    }
  }

  async *#gone(base: string, filter: Filter): AsyncGenerator<BroughtEntry> {
    const { attributes, controls, controlsForGone } = this.#schema;
    const asked = { base, scope: "sub", filter, attributes, pageSize: entriesOfPage } as const;
    for await (const found of this.#connection.search({ ...asked, controls: [...controls, ...controlsForGone] })) {
      const key = keyShown(this.#schema, new LdapEntry(found));
      if (key !== undefined && !this.#brought.has(key)) yield { kind: "gone", key };
    }
  }

  async #group(nameAttribute: string, entry: LdapEntry): Promise<BroughtEntry> {
    const members = await readMembers(this.#connection, this.#schema, entry);
    const name = entry.firstText(nameAttribute);
    const [key, reference] = [this.#schema.key(entry), this.#schema.reference(entry)];
    const read = directoryGroup.safeParse({ kind: "group", key, reference, name, members });
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    throw new Error(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }

  #keyOf(entry: LdapEntry): string {
    try {
      return this.#schema.key(entry);
    } catch (problem) {
      const detail = `${this.#connection.server.address}: ${entry.name}: ${(problem as Error).message}`;
      throw new Failure("directory-data-unreadable", { detail, cause: problem });
    }
  }
}

async function readOr(key: string, entry: LdapEntry, read: Reader): Promise<BroughtEntry> {
  try {
    return await read(entry);
  } catch (problem) {
    if (problem instanceof Failure) throw problem;
    return { kind: "unreadable", key, detail: `${entry.name}: ${(problem as Error).message}`.slice(0, 500) };
  }
}

/** Around our bases there are entries that this account may see no key of, and that were never ours. */
function keyShown(schema: LdapSchema, entry: LdapEntry): string | undefined {
  try {
    return schema.key(entry);
  } catch {
    return undefined;
  }
}
