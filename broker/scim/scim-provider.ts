import { randomUUID } from "node:crypto";
import type { Clock } from "../../core/ports/clock.ts";
import { recordAnswered } from "../directory/source-records.ts";
import { scimResource } from "../store/scim-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { bulkRequest } from "./bulk/bulk-operation.ts";
import { runBulk } from "./bulk/run-bulk.ts";
import { findResources, type ResourceQuery, shown } from "./find-resources.ts";
import type { KeptResource } from "./representation/full-representation.ts";
import type { RequestedAttributes } from "./representation/requested-attributes.ts";
import type { ResourceType } from "./schema/resource-type.ts";
import type { ScimObject } from "./schema/scim-value.ts";
import { ScimProblem } from "./scim-problem.ts";
import type { ScimSource } from "./scim-source.ts";
import { createResource, deleteResource, patchResource, replaceResource, type ScimWrite } from "./write-resource.ts";

interface ScimProviderParts {
  readonly store: Store;
  readonly clock: Clock;
  /** The address below which the resources are. */
  readonly base: string;
  /** Entries have changed, or may have; told when they are in the store. Does not reject. */
  readonly onChange: () => Promise<void>;
}

/** One resource as a client sees it, with its version. */
export interface ShownResource {
  readonly id: string;
  readonly version: number;
  readonly body: ScimObject;
}

/** What is asked about one resource. */
export interface ResourceRequest {
  readonly source: ScimSource;
  readonly type: ResourceType;
  readonly requested: RequestedAttributes;
  readonly ifMatch?: string | undefined;
}

/** The service provider of SCIM 2.0 (RFC 7644): persons and groups that an identity-management system writes. Rejects with ScimProblems. */
export class ScimProvider {
  readonly #parts: ScimProviderParts;

  constructor(parts: ScimProviderParts) {
    this.#parts = parts;
  }

  create(request: ResourceRequest, body: unknown): Promise<ShownResource> {
    return this.#write(request, (tx, write) => createResource(tx, write, randomUUID(), body));
  }

  replace(request: ResourceRequest, id: string, body: unknown): Promise<ShownResource> {
    return this.#write(request, (tx, write) => replaceResource(tx, write, id, body));
  }

  patch(request: ResourceRequest, id: string, body: unknown): Promise<ShownResource> {
    return this.#write(request, (tx, write) => patchResource(tx, write, id, body));
  }

  async remove({ source, type, ifMatch }: ResourceRequest, id: string): Promise<void> {
    const { store, clock } = this.#parts;
    await store.write(tx => deleteResource(tx, { source, type, ifMatch, now: clock.now() }, id));
    await this.#written(source);
  }

  async get(request: ResourceRequest, id: string): Promise<ShownResource> {
    const { source, type } = request;
    const kept = await scimResource(this.#parts.store.db, { source: source.id, type: type.name }, id);
    if (kept === undefined) throw new ScimProblem(404, `no ${type.name} ${id.slice(0, 100)}`);
    return this.#shown(request, kept);
  }

  /** A ListResponse (RFC 7644, section 3.4.2). */
  async list(source: ScimSource, type: ResourceType, query: ResourceQuery): Promise<object> {
    const { store, base } = this.#parts;
    const { total, resources } = await findResources({ db: store.db, source: source.id, type, base }, query);
    return listResponse(resources, { total, startIndex: query.startIndex });
  }

  /** A BulkResponse (RFC 7644, section 3.7). */
  async bulk(source: ScimSource, body: unknown): Promise<object> {
    const { store, base, clock } = this.#parts;
    const operations = await runBulk({ store, source, base, now: clock.now() }, bulkRequest(body));
    await this.#written(source);
    return { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"], Operations: operations };
  }

  async #write(
    request: ResourceRequest,
    work: (tx: Writing, write: ScimWrite) => Promise<KeptResource>,
  ): Promise<ShownResource> {
    const { store, clock } = this.#parts;
    const { source, type, ifMatch } = request;
    const kept = await store.write(tx => work(tx, { source, type, ifMatch, now: clock.now() }));
    await this.#written(source);
    return this.#shown(request, kept);
  }

  /** Never `everythingAt`: nobody says when a client has brought all that it has. */
  async #written(source: ScimSource): Promise<void> {
    const { store, clock, onChange } = this.#parts;
    await onChange();
    await store.write(tx => recordAnswered(tx, source.id, {}, clock.now()));
  }

  async #shown({ source, type, requested }: ResourceRequest, kept: KeptResource): Promise<ShownResource> {
    const { store, base } = this.#parts;
    const [body = {}] = await shown({ db: store.db, source: source.id, type, base }, [kept], requested);
    return { id: kept.id, version: kept.version, body };
  }
}

/** RFC 7644, section 3.4.2. */
export function listResponse(
  resources: readonly object[],
  { total, startIndex }: { readonly total: number; readonly startIndex: number },
): object {
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
