import { setImmediate } from "node:timers/promises";
import {
  countScimResources,
  type ScimCollection,
  type ScimKey,
  scimGroups,
  scimMembers,
  scimPage,
  scimResourcesAfter,
  scimResourcesBy,
  scimResourcesOf,
} from "../store/scim-table.ts";
import type { Db } from "../store/store.ts";
import { comparable, fitsFilter } from "./filter/fits-filter.ts";
import type { ScimFilter } from "./filter/scim-filter.ts";
import { fullRepresentation, type KeptResource, type Link, linksOf } from "./representation/full-representation.ts";
import { isRequested, onlyRequested, type RequestedAttributes } from "./representation/requested-attributes.ts";
import { type AttributePath, lastOf, valuesAt } from "./schema/attribute-path.ts";
import type { ResourceType } from "./schema/resource-type.ts";
import type { ScimObject } from "./schema/scim-value.ts";
import { isPrimary } from "./schema/take-value.ts";
import { badRequest } from "./scim-problem.ts";

/** Whose resources of which type; `base` is the address that theirs begin with. */
export interface ScimPlace {
  readonly db: Db;
  readonly source: string;
  readonly type: ResourceType;
  readonly base: string;
}

/** RFC 7644, section 3.4.2. */
export interface ResourceQuery {
  readonly filter: ScimFilter | undefined;
  readonly sort: { readonly by: AttributePath; readonly descending: boolean } | undefined;
  /** From 1. */
  readonly startIndex: number;
  readonly count: number;
  readonly requested: RequestedAttributes;
}

const portion = 500;
/** More than these are not gone through for one question: it must ask by what the database knows. */
const mostGoneThrough = 100_000;

/** A page of what fits, and how many fit. Rejects with a ScimProblem `tooMany`. */
export async function findResources(
  place: ScimPlace,
  query: ResourceQuery,
): Promise<{ readonly total: number; readonly resources: readonly ScimObject[] }> {
  const from = query.startIndex - 1;
  const collection = collectionAt(place);
  if (query.filter === undefined && query.sort === undefined) {
    const total = await countScimResources(place.db, collection);
    return {
      total,
      resources: await shown(place, await scimPage(place.db, collection, from, query.count), query.requested),
    };
  }
  const fitting = await idsOfFitting(place, query);
  const page = await scimResourcesOf(place.db, collection, fitting.slice(from, from + query.count));
  return { total: fitting.length, resources: await shown(place, page, query.requested) };
}

/** With what was asked for of each. Members of groups are looked up only where they are. */
export async function shown(
  place: ScimPlace,
  page: readonly KeptResource[],
  requested: RequestedAttributes,
): Promise<readonly ScimObject[]> {
  const whole = await represented(place, page, isRequested(requested, linksOf(place.type)));
  return whole.map(one => onlyRequested(place.type.attributes, one, requested));
}

async function represented(
  { db, source, type, base }: ScimPlace,
  page: readonly KeptResource[],
  linked: boolean,
): Promise<readonly ScimObject[]> {
  const ids = linked ? page.map(({ id }) => id) : [];
  const links: ReadonlyMap<string, readonly Link[]> = await (type.name === "User" ? scimGroups : scimMembers)(
    db,
    source,
    ids,
  );
  return page.map(kept => fullRepresentation(type, kept, links.get(kept.id) ?? [], base));
}

/** In order; only their ids are kept in memory, and what they are sorted by. */
async function idsOfFitting(place: ScimPlace, { filter, sort }: ResourceQuery): Promise<readonly string[]> {
  const linked = filter !== undefined && mentions(filter, linksOf(place.type));
  const found: { readonly id: string; readonly by: string | undefined }[] = [];
  for await (const some of candidates(place, filter)) {
    const whole = await represented(place, some, linked);
    for (const [at, { id }] of some.entries()) {
      const one = whole[at] ?? {};
      if (filter === undefined || fitsFilter(filter, one)) found.push({ id, by: sort && sortKey(one, sort.by) });
    }
  }
  if (sort !== undefined) found.sort((a, b) => inOrder(a.by, b.by) * (sort.descending ? -1 : 1));
  return found.map(({ id }) => id);
}

/** Those that the database finds by an equality that must hold; or all, portion by portion, others being served meanwhile. */
async function* candidates(place: ScimPlace, filter: ScimFilter | undefined): AsyncGenerator<readonly KeptResource[]> {
  const collection = collectionAt(place);
  const key = filter && keyIn(filter);
  if (key !== undefined) {
    yield await scimResourcesBy(place.db, collection, key);
    return;
  }
  if ((await countScimResources(place.db, collection)) > mostGoneThrough)
    throw badRequest("tooMany", "ask by userName, externalId, id or displayName");
  let last: KeptResource | undefined;
  do {
    const some = await scimResourcesAfter(place.db, collection, last, portion);
    yield some;
    last = some.length < portion ? undefined : some.at(-1);
    await setImmediate();
  } while (last !== undefined);
}

const keyColumns: Readonly<Record<string, ScimKey["column"]>> = {
  id: "id",
  externalId: "external_id",
  userName: "user_name",
  displayName: "display_name",
};

function keyIn(filter: ScimFilter): ScimKey | undefined {
  if (filter.kind === "and") return filter.filters.map(keyIn).find(key => key !== undefined);
  if (filter.kind !== "compare" || filter.comparison !== "eq" || typeof filter.value !== "string") return undefined;
  const column = filter.path.length === 1 ? keyColumns[filter.path[0].name] : undefined;
  return column && { column, value: filter.value };
}

function mentions(filter: ScimFilter, name: string): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.filters.some(one => mentions(one, name));
    case "not":
      return mentions(filter.filter, name);
    case "present":
    case "compare":
    case "some":
      return filter.path[0].name === name;
  }
}

/** Of several values the primary, or else the first (RFC 7644, section 3.4.2.3). */
function sortKey(resource: ScimObject, by: AttributePath): string | undefined {
  const attribute = lastOf(by);
  const values = valuesAt(resource, by);
  const value = values.find(isPrimary) ?? values[0];
  const plain = typeof value === "object" && !Array.isArray(value) ? value["value"] : value;
  return typeof plain === "string" || typeof plain === "boolean" ? String(comparable(attribute, plain)) : undefined;
}

/** What has no value comes last going up (RFC 7644, section 3.4.2.3). */
function inOrder(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}

function collectionAt({ source, type }: ScimPlace): ScimCollection {
  return { source, type: type.name };
}
