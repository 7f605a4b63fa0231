import { isDeepStrictEqual } from "node:util";
import { loseEntry, saveEntry } from "../store/directory-table.ts";
import {
  deleteScimResource,
  knownScimIds,
  type ScimCollection,
  saveScimResource,
  scimMembers,
  scimResource,
  scimResourcesBy,
} from "../store/scim-table.ts";
import type { Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { directoryEntryOf, memberIdsOf } from "./directory-entry-of.ts";
import { applyPatch } from "./patch/apply-patch.ts";
import { patchOperations } from "./patch/patch-operation.ts";
import { namesVersion } from "./representation/etag.ts";
import type { KeptResource } from "./representation/full-representation.ts";
import type { ResourceType } from "./schema/resource-type.ts";
import { isObject, type ScimObject } from "./schema/scim-value.ts";
import { checkRequired, takeObject } from "./schema/take-value.ts";
import { badRequest, ScimProblem } from "./scim-problem.ts";
import type { ScimSource } from "./scim-source.ts";

/** A change that a client of SCIM asks for; all of it in one transaction with its record in the trail. */
export interface ScimWrite {
  readonly source: ScimSource;
  readonly type: ResourceType;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** `If-Match`: the version that the client means (RFC 7644, section 3.14). */
  readonly ifMatch?: string | undefined;
}

/** RFC 7644, section 3.3. Rejects with a ScimProblem. */
export async function createResource(tx: Writing, write: ScimWrite, id: string, given: unknown): Promise<KeptResource> {
  const content = taken(write.type, given);
  return save(
    tx,
    write,
    { id, version: 1, created: write.now, act: "created" },
    settled(write.type, content, undefined),
  );
}

/** RFC 7644, section 3.5.1. Rejects with a ScimProblem. */
export async function replaceResource(
  tx: Writing,
  write: ScimWrite,
  id: string,
  given: unknown,
): Promise<KeptResource> {
  const before = await known(tx, write, id);
  return change(tx, write, before, taken(write.type, given));
}

/** RFC 7644, section 3.5.2. Rejects with a ScimProblem. */
export async function patchResource(tx: Writing, write: ScimWrite, id: string, body: unknown): Promise<KeptResource> {
  const before = await known(tx, write, id);
  return change(tx, write, before, applyPatch(write.type, before.content, patchOperations(body)));
}

/** RFC 7644, section 3.6: a person is gone, and stays refused; a group is no more. Rejects with a ScimProblem. */
export async function deleteResource(tx: Writing, write: ScimWrite, id: string): Promise<void> {
  const { content } = await known(tx, write, id);
  const entry = directoryEntryOf(write.source, write.type, id, content);
  await deleteScimResource(tx, collectionOf(write), id);
  await loseEntry(tx, write.source.id, entry);
  await record(tx, write, { id, act: "deleted" }, entry);
}

function taken(type: ResourceType, given: unknown): ScimObject {
  if (!isObject(given)) throw badRequest("invalidSyntax", "the body is no object");
  const content = takeObject(type.attributes, given);
  checkRequired(type.attributes, content);
  return content;
}

/** As it is now, a group with its members. */
async function known(tx: Writing, write: ScimWrite, id: string): Promise<KeptResource> {
  const kept = await scimResource(tx, collectionOf(write), id);
  if (kept === undefined) throw new ScimProblem(404, `no ${write.type.name} ${id.slice(0, 100)}`);
  if (write.ifMatch !== undefined && !namesVersion(write.ifMatch, kept.version))
    throw new ScimProblem(412, `the version is ${kept.version} by now`);
  if (write.type.name === "User") return kept;
  const members = (await scimMembers(tx, write.source.id, [id])).get(id) ?? [];
  if (members.length === 0) return kept;
  return { ...kept, content: { ...kept.content, members: members.map(member => ({ value: member.id })) } };
}

/** What says nothing new is no change (RFC 7644, section 3.5.2.1). */
async function change(tx: Writing, write: ScimWrite, before: KeptResource, after: ScimObject): Promise<KeptResource> {
  const content = settled(write.type, after, before.content);
  if (isDeepStrictEqual(content, before.content)) return before;
  const { id, version, created } = before;
  return save(tx, write, { id, version: version + 1, created, act: "changed" }, content, before.content);
}

/** A person is active when he comes, and stays what he was where a client does not say: nobody comes back by an omission. */
function settled({ name }: ResourceType, after: ScimObject, before: ScimObject | undefined): ScimObject {
  return name === "Group" || after["active"] !== undefined ? after : { ...after, active: before?.["active"] ?? true };
}

async function save(
  tx: Writing,
  write: ScimWrite,
  about: Pick<KeptResource, "id" | "version" | "created"> & { readonly act: "created" | "changed" },
  content: ScimObject,
  before: ScimObject = {},
): Promise<KeptResource> {
  const { act, ...resource } = about;
  await checkUnique(tx, write, resource.id, content);
  const entry = directoryEntryOf(write.source, write.type, resource.id, content);
  const changes = await memberChanges(tx, write, content, before);
  const { members: _apart, ...withoutMembers } = content;
  const kept = { ...resource, modified: write.now, content: withoutMembers };
  await saveScimResource(tx, collectionOf(write), kept);
  await saveEntry(tx, write.source.id, entry);
  await record(tx, write, { id: resource.id, act, changes }, entry);
  return kept;
}

async function checkUnique(tx: Writing, write: ScimWrite, id: string, { userName }: ScimObject): Promise<void> {
  if (write.type.name !== "User" || typeof userName !== "string") return;
  const same = await scimResourcesBy(tx, collectionOf(write), { column: "user_name", value: userName });
  if (same.some(other => other.id !== id)) throw new ScimProblem(409, "the userName is taken", "uniqueness");
}

interface MemberChanges {
  readonly added: number;
  readonly removed: number;
}

async function memberChanges(
  tx: Writing,
  { source, type }: ScimWrite,
  content: ScimObject,
  before: ScimObject,
): Promise<MemberChanges | undefined> {
  if (type.name === "User") return undefined;
  const [was, is] = [new Set(memberIdsOf(before)), new Set(memberIdsOf(content))];
  const added = [...is].filter(id => !was.has(id));
  const found = await knownScimIds(tx, source.id, added);
  const unknown = added.find(id => !found.has(id));
  if (unknown !== undefined) throw badRequest("invalidValue", `no member ${unknown.slice(0, 100)}`);
  return { added: added.length, removed: [...was].filter(id => !is.has(id)).length };
}

/** Names nobody: the identifier is what the trail knows a holder by. */
async function record(
  tx: Writing,
  { source, type, now }: ScimWrite,
  { id, act, changes }: { readonly id: string; readonly act: string; readonly changes?: MemberChanges | undefined },
  entry: ReturnType<typeof directoryEntryOf>,
): Promise<void> {
  const members = changes === undefined ? "" : `, members +${changes.added} -${changes.removed}`;
  await appendTrail(tx, {
    at: now,
    act: "directory-entry-provisioned",
    holder: entry.kind === "person" ? entry.holder : undefined,
    detail: `${source.id}: ${type.name} ${id} ${act}${members}`,
  });
}

export function collectionOf({ source, type }: Pick<ScimWrite, "source" | "type">): ScimCollection {
  return { source: source.id, type: type.name };
}
