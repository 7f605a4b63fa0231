import type { KeptResource, Link } from "../scim/representation/full-representation.ts";
import type { ScimObject, ScimValue } from "../scim/schema/scim-value.ts";
import type { ScimResourceType } from "./schema.ts";
import type { Db, Writing } from "./store.ts";

/** Whose resources, and which kind of them. */
export interface ScimCollection {
  readonly source: string;
  readonly type: ScimResourceType;
}

/** What the database itself finds resources by. */
export type ScimKey =
  | { readonly column: "id" | "external_id"; readonly value: string }
  /** Compared without regard to case. */
  | { readonly column: "user_name" | "display_name"; readonly value: string };

/** Rows of one statement: databases bound its parameters. */
const rowsAtOnce = 200;

export async function scimResource(db: Db, collection: ScimCollection, id: string): Promise<KeptResource | undefined> {
  const [found] = await scimResourcesBy(db, collection, { column: "id", value: id });
  return found;
}

/** By the order in which they came. */
export async function scimResourcesBy(
  db: Db,
  collection: ScimCollection,
  key: ScimKey,
): Promise<readonly KeptResource[]> {
  const value = key.column === "user_name" || key.column === "display_name" ? key.value.toLowerCase() : key.value;
  const rows = await inCollection(db, collection)
    .where(key.column, "=", value)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(kept);
}

/** These, in this order; those that are gone left out. */
export async function scimResourcesOf(
  db: Db,
  collection: ScimCollection,
  ids: readonly string[],
): Promise<readonly KeptResource[]> {
  const found = new Map<string, KeptResource>();
  for (let at = 0; at < ids.length; at += rowsAtOnce)
    for (const row of await inCollection(db, collection)
      .where("id", "in", ids.slice(at, at + rowsAtOnce))
      .execute())
      found.set(row.id, kept(row));
  return ids.flatMap(id => found.get(id) ?? []);
}

/** A page in the order in which they came. */
export async function scimPage(
  db: Db,
  collection: ScimCollection,
  offset: number,
  count: number,
): Promise<readonly KeptResource[]> {
  const rows = await inCollection(db, collection)
    .orderBy("created_at")
    .orderBy("id")
    .limit(count)
    .offset(offset)
    .execute();
  return rows.map(kept);
}

/** Those after this one, in the order in which they came. */
export async function scimResourcesAfter(
  db: Db,
  collection: ScimCollection,
  after: Pick<KeptResource, "created" | "id"> | undefined,
  count: number,
): Promise<readonly KeptResource[]> {
  const all = inCollection(db, collection);
  const later =
    after === undefined
      ? all
      : all.where(({ eb, refTuple, tuple }) => eb(refTuple("created_at", "id"), ">", tuple(after.created, after.id)));
  const rows = await later.orderBy("created_at").orderBy("id").limit(count).execute();
  return rows.map(kept);
}

export async function countScimResources(db: Db, { source, type }: ScimCollection): Promise<number> {
  const row = await db
    .selectFrom("scim_resource")
    .select(one => one.fn.countAll<number>().as("count"))
    .where("source", "=", source)
    .where("type", "=", type)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Adds it, or takes the place of what has its id. */
export async function saveScimResource(
  tx: Writing,
  { source, type }: ScimCollection,
  { id, version, created, modified, content }: KeptResource,
): Promise<void> {
  const values = {
    version,
    user_name: type === "User" ? lowerText(content["userName"]) : null,
    external_id: text(content["externalId"]),
    display_name: lowerText(content["displayName"]),
    resource_json: JSON.stringify(content),
    created_at: created,
    modified_at: modified,
  };
  await tx
    .insertInto("scim_resource")
    .values({ source, type, id, ...values })
    .onConflict(conflict => conflict.columns(["source", "type", "id"]).doUpdateSet(values))
    .execute();
}

/** With its memberships, of either kind. */
export async function deleteScimResource(tx: Writing, { source, type }: ScimCollection, id: string): Promise<void> {
  await tx.deleteFrom("directory_member").where("source", "=", source).where("member", "=", id).execute();
  await tx
    .deleteFrom("scim_resource")
    .where("source", "=", source)
    .where("type", "=", type)
    .where("id", "=", id)
    .execute();
}

/** Everything that clients wrote to this source. */
export async function deleteScimResources(tx: Writing, source: string): Promise<void> {
  await tx.deleteFrom("scim_resource").where("source", "=", source).execute();
}

/** The members of these groups, persons and groups; by name. */
export async function scimMembers(
  db: Db,
  source: string,
  groups: readonly string[],
): Promise<ReadonlyMap<string, readonly Link[]>> {
  if (groups.length === 0) return new Map();
  const rows = await db
    .selectFrom("directory_member as member")
    .innerJoin("directory_entry as entry", join =>
      join.onRef("entry.source", "=", "member.source").onRef("entry.reference", "=", "member.member"),
    )
    .select(["member.group_key as from", "entry.key as id", "entry.kind", "entry.name"])
    .where("member.source", "=", source)
    .where("member.group_key", "in", groups)
    .orderBy("entry.name_order")
    .orderBy("entry.key")
    .execute();
  return linksBy(rows);
}

/** The groups that name these persons as members; by name. */
export async function scimGroups(
  db: Db,
  source: string,
  persons: readonly string[],
): Promise<ReadonlyMap<string, readonly Link[]>> {
  if (persons.length === 0) return new Map();
  const rows = await db
    .selectFrom("directory_member as member")
    .innerJoin("directory_entry as entry", join =>
      join.onRef("entry.source", "=", "member.source").onRef("entry.key", "=", "member.group_key"),
    )
    .select(["member.member as from", "entry.key as id", "entry.kind", "entry.name"])
    .where("member.source", "=", source)
    .where("entry.kind", "=", "group")
    .where("member.member", "in", persons)
    .orderBy("entry.name_order")
    .orderBy("entry.key")
    .execute();
  return linksBy(rows);
}

/** Which of these exist, persons and groups. */
export async function knownScimIds(db: Db, source: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let at = 0; at < ids.length; at += rowsAtOnce) {
    const rows = await db
      .selectFrom("scim_resource")
      .select("id")
      .where("source", "=", source)
      .where("id", "in", ids.slice(at, at + rowsAtOnce))
      .execute();
    for (const { id } of rows) known.add(id);
  }
  return known;
}

function inCollection(db: Db, { source, type }: ScimCollection) {
  return db
    .selectFrom("scim_resource")
    .select(["id", "version", "resource_json", "created_at", "modified_at"])
    .where("source", "=", source)
    .where("type", "=", type);
}

interface Row {
  readonly id: string;
  readonly version: number;
  readonly resource_json: string;
  readonly created_at: number;
  readonly modified_at: number;
}

function kept({ id, version, resource_json, created_at, modified_at }: Row): KeptResource {
  return { id, version, created: created_at, modified: modified_at, content: contentOf(resource_json) };
}

/** Written by ourselves, after it was checked. */
function contentOf(json: string): ScimObject {
  return JSON.parse(json) as ScimObject;
}

function linksBy(
  rows: readonly { from: string; id: string; kind: "person" | "group"; name: string }[],
): ReadonlyMap<string, readonly Link[]> {
  const links = new Map<string, Link[]>();
  for (const { from, id, kind, name } of rows) {
    const known = links.get(from) ?? [];
    known.push({ id, type: kind === "person" ? "User" : "Group", name });
    links.set(from, known);
  }
  return links;
}

function text(value: ScimValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function lowerText(value: ScimValue | undefined): string | null {
  return text(value)?.toLowerCase() ?? null;
}
