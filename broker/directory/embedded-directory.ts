import { Failure } from "../../core/errors/failure.ts";
import { embeddedSource } from "../../protocol/broker/console/directory-view.ts";
import type { AdministratorAct } from "../services/administrator-act.ts";
import { entriesOfSource, entryOf, loseEntry, saveEntry } from "../store/directory-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { DirectoryEntry, DirectoryGroup, DirectoryPerson } from "./directory-entry.ts";
import { readCsv } from "./read-csv.ts";
import { recordAnswered } from "./source-records.ts";

/** A person whom administrators keep themselves: his key is his identifier, so that he is there once. */
export type KeptPerson = Omit<DirectoryPerson, "kind" | "key" | "reference"> & { readonly holder: string };

/** What an import would come to; persons by name, groups uncounted. */
export interface ImportChange {
  readonly added: readonly DirectoryPerson[];
  readonly changed: readonly DirectoryPerson[];
  /** In the directory now, and not in what is imported: gone after. */
  readonly lost: readonly DirectoryPerson[];
}

interface Contents {
  readonly persons: ReadonlyMap<string, DirectoryPerson>;
  readonly groups: ReadonlyMap<string, DirectoryGroup>;
}

/** Enters a person or changes him, with all his groups; recorded in the same transaction. */
export async function keepPerson(
  store: Store,
  kept: KeptPerson,
  groups: readonly string[],
  act: AdministratorAct,
): Promise<void> {
  const { holder } = kept;
  await store.write(async tx => {
    const known = (await entryOf(tx, embeddedSource, "person", holder))?.entry;
    // What only an import brings stays.
    const { manager, language } = known?.kind === "person" ? known : {};
    const reference = referenceOf(holder);
    const person: DirectoryPerson = { kind: "person", key: holder, reference, manager, language, ...kept };
    await appendTrail(tx, { ...act, act: "directory-person-changed", holder });
    await saveEntry(tx, embeddedSource, person);
    await setGroups(tx, person.reference, groups);
    await recordAnswered(tx, embeddedSource, { everythingAt: act.at }, act.at);
  });
}

/** What an import of this text would change. Rejects with `directory-data-unreadable` where the text cannot be imported. */
export async function importChange(store: Store, text: string): Promise<ImportChange> {
  return changeTo(await contentsOf(text), await entriesOfSource(store.db, embeddedSource));
}

/**
 * Puts this text in the place of all that administrators keep, in one transaction with its record. Rejects as `importChange` does, and
 * with `request-malformed` where it would change another number of persons than was `expected`.
 */
export async function importPersons(
  store: Store,
  text: string,
  expected: { readonly added: number; readonly changed: number; readonly lost: number },
  act: AdministratorAct,
): Promise<void> {
  const contents = await contentsOf(text);
  await store.write(async tx => {
    const known = await entriesOfSource(tx, embeddedSource);
    const change = changeTo(contents, known);
    const { added, changed, lost } = change;
    if (added.length !== expected.added || changed.length !== expected.changed || lost.length !== expected.lost)
      throw new Failure("request-malformed", { detail: "it would change other persons than were shown" });
    const counts = `${added.length} added, ${changed.length} changed, ${lost.length} lost`;
    await appendTrail(tx, { ...act, act: "directory-imported", detail: `${counts}; ${act.detail ?? ""}` });
    for (const person of [...added, ...changed]) await saveEntry(tx, embeddedSource, person);
    for (const person of lost) await loseEntry(tx, embeddedSource, person);
    for (const { entry } of known)
      if (entry.kind === "group" && !contents.groups.has(entry.key)) await loseEntry(tx, embeddedSource, entry);
    for (const group of contents.groups.values()) await saveEntry(tx, embeddedSource, group);
    await recordAnswered(tx, embeddedSource, { everythingAt: act.at }, act.at);
  });
}

function referenceOf(holder: string): string {
  return `person:${holder}`;
}

/** The same form as a file's, but `holder` is demanded and takes the place of `id`. */
async function contentsOf(text: string): Promise<Contents> {
  const persons = new Map<string, DirectoryPerson>();
  const groups = new Map<string, DirectoryGroup>();
  const references = new Map<string, string>();
  for await (const entry of readCsv(oneChunk(text))) {
    if (entry.kind === "group") {
      const members = entry.members.flatMap(member => references.get(member) ?? []);
      groups.set(entry.key, { ...entry, members });
      continue;
    }
    const { holder, key } = entry;
    if (holder === undefined) throw unreadable(`“${key}” has no holder: a person kept here is known by his card`);
    if (persons.has(holder)) throw unreadable(`a second line of holder “${holder}”`);
    references.set(entry.reference, referenceOf(holder));
    persons.set(holder, { ...entry, key: holder, reference: referenceOf(holder) });
  }
  for (const [holder, person] of persons)
    if (person.manager !== undefined) persons.set(holder, { ...person, manager: references.get(person.manager) });
  return { persons, groups };
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function unreadable(detail: string): Failure {
  return new Failure("directory-data-unreadable", { detail });
}

function changeTo(
  { persons, groups }: Contents,
  known: readonly { readonly entry: DirectoryEntry; readonly standing: string }[],
): ImportChange {
  const before = new Map<string, string>();
  const lost: DirectoryPerson[] = [];
  const groupsBefore = new Map<string, string[]>();
  for (const { entry, standing } of known) {
    if (entry.kind === "group") addMembers(groupsBefore, entry);
    else if (standing !== "gone") {
      before.set(entry.key, JSON.stringify(sorted(entry)));
      if (!persons.has(entry.key)) lost.push(entry);
    }
  }
  const groupsAfter = new Map<string, string[]>();
  for (const group of groups.values()) addMembers(groupsAfter, group);
  const groupsOf = (all: Map<string, string[]>, { reference }: DirectoryPerson) =>
    (all.get(reference) ?? []).toSorted().join("\n");
  const isChanged = (person: DirectoryPerson) =>
    before.get(person.key) !== JSON.stringify(sorted(person)) ||
    groupsOf(groupsBefore, person) !== groupsOf(groupsAfter, person);
  const all = [...persons.values()];
  return {
    added: all.filter(({ key }) => !before.has(key)),
    changed: all.filter(person => before.has(person.key) && isChanged(person)),
    lost,
  };
}

/** Of one person, whatever order his members were written in. */
function sorted(person: DirectoryPerson): readonly (readonly [string, unknown])[] {
  return Object.entries(person)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function addMembers(groupsByMember: Map<string, string[]>, { name, members }: DirectoryGroup): void {
  for (const member of members) groupsByMember.set(member, [...(groupsByMember.get(member) ?? []), name]);
}

/** A group that nobody is in any more is deleted. */
async function setGroups(tx: Writing, member: string, names: readonly string[]): Promise<void> {
  const known = await entriesOfSource(tx, embeddedSource);
  for (const { entry } of known) {
    if (entry.kind !== "group" || names.includes(entry.name) || !entry.members.includes(member)) continue;
    const members = entry.members.filter(one => one !== member);
    if (members.length === 0) await loseEntry(tx, embeddedSource, entry);
    else await saveEntry(tx, embeddedSource, { ...entry, members });
  }
  for (const name of names) {
    const group = await entryOf(tx, embeddedSource, "group", name);
    const members = group?.entry.kind === "group" ? group.entry.members : [];
    if (members.includes(member)) continue;
    await saveEntry(tx, embeddedSource, {
      kind: "group",
      key: name,
      reference: `group:${name}`,
      name,
      members: [...members, member],
    });
  }
}
