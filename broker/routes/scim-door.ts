import type { IncomingMessage, ServerResponse } from "node:http";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { asFailure, Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { requestedIn, resourceQuery, type ScimParameters } from "../scim/list-request.ts";
import { readBody } from "../scim/read-body.ts";
import { etagOf, namesVersion } from "../scim/representation/etag.ts";
import { locationOf } from "../scim/representation/full-representation.ts";
import { type ResourceType, resourceTypes } from "../scim/schema/resource-type.ts";
import { isObject } from "../scim/schema/scim-value.ts";
import { resourceTypeDocuments, schemaDocuments, serviceProviderConfig } from "../scim/scim-documents.ts";
import { scimLimits } from "../scim/scim-limits.ts";
import { badRequest, ScimProblem } from "../scim/scim-problem.ts";
import { listResponse, type ResourceRequest, ScimProvider, type ShownResource } from "../scim/scim-provider.ts";
import type { ScimSource } from "../scim/scim-source.ts";
import { ScimTokens, type TokenPlace } from "../scim/scim-tokens.ts";
import type { Store } from "../store/store.ts";

export const scimBase = "/scim/v2";

interface ScimDoorParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** What clients see before `scimBase`. */
  readonly origin: string;
  readonly sources: readonly (ScimSource & TokenPlace)[];
  /** Entries have changed; told when they are in the store. */
  readonly onChange: () => Promise<void>;
}

/** SCIM as the web door sees it. */
export interface ScimDoor {
  /** Answers a request below `scimBase`. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** Opens the door for identity-management systems: no cookies, a bearer token with every request, and the errors of RFC 7644. */
export async function openScimDoor(parts: ScimDoorParts): Promise<ScimDoor> {
  const { store, clock, log, origin, sources, onChange } = parts;
  const base = `${origin}${scimBase}`;
  const door = Fastify({ bodyLimit: scimLimits.body });
  const told = () => onChange().catch(error => log.warn("sessions-unchecked", { detail: String(error) }));
  const provider = new ScimProvider({ store, clock, base, onChange: told });
  const callers = new WeakMap<FastifyRequest, ScimSource>();
  const callerOf = (request: FastifyRequest): ScimSource => {
    const caller = callers.get(request);
    if (caller === undefined) throw new Failure("internal", { detail: "a request came past its token" });
    return caller;
  };
  answerProblems(door, log);
  readBodies(door);
  letIn(door, new ScimTokens(sources, clock), (request, id) => {
    const source = sources.find(known => known.id === id);
    if (source !== undefined) callers.set(request, source);
  });
  answerDocuments(door, base);
  for (const type of resourceTypes) answerResources({ door, provider, base, callerOf }, type);
  door.post(`${scimBase}/Bulk`, async request => provider.bulk(callerOf(request), request.body));
  await door.ready();
  return {
    answer: (request, response) => door.routing(request, response),
    close: () => door.close(),
  };
}

/** RFC 7644, section 2: whoever has no good token learns nothing. */
function letIn(door: FastifyInstance, tokens: ScimTokens, found: (request: FastifyRequest, id: string) => void): void {
  door.addHook("onRequest", async (request, reply) => {
    void reply.headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    const verdict = await tokens.verdict(request.headers.authorization);
    if (verdict.kind === "source") return found(request, verdict.id);
    if (verdict.often) {
      void reply.header("retry-after", "60");
      throw new ScimProblem(429, "too many wrong tokens");
    }
    void reply.header("www-authenticate", 'Bearer realm="scim"');
    throw new ScimProblem(401, "no good token");
  });
}

function readBodies(door: FastifyInstance): void {
  door.removeAllContentTypeParsers();
  door.addContentTypeParser(
    ["application/scim+json", "application/json"],
    { parseAs: "string" },
    async (_request: FastifyRequest, text: string) => readBody(text),
  );
}

function answerProblems(door: FastifyInstance, log: Log): void {
  door.addHook("onSend", async (_request, reply, payload) => {
    if (payload !== null && payload !== undefined) void reply.type("application/scim+json; charset=utf-8");
    return payload;
  });
  door.setErrorHandler((thrown, _request, reply) => {
    const problem = problemOf(thrown);
    // What a client did wrong it is told itself; it may name persons.
    const detail = problem === thrown ? undefined : detailOf(thrown);
    log.warn("scim-refused", { status: problem.status, scimType: problem.scimType, detail });
    void reply.status(problem.status).send(problem.body);
  });
  door.setNotFoundHandler(() => {
    throw new ScimProblem(404, "nothing is here");
  });
}

/** What a client is told: its own mistakes in full, ours by their kind. */
function problemOf(thrown: unknown): ScimProblem {
  if (thrown instanceof ScimProblem) return thrown;
  const status =
    isObject(thrown) || thrown instanceof Error ? Number((thrown as { statusCode?: unknown }).statusCode) : 500;
  if (status === 413) return new ScimProblem(413, `a body is at most ${scimLimits.body} octets`);
  if (status === 415) return new ScimProblem(415, "a body is application/scim+json");
  if (status >= 400 && status < 500) return badRequest("invalidSyntax", "the request cannot be read");
  const { code } = asFailure(thrown);
  return new ScimProblem(code === "trail-unavailable" ? 503 : 500, code);
}

function detailOf(thrown: unknown): string {
  return thrown instanceof Failure ? (thrown.detail ?? thrown.code) : String(thrown);
}

function answerDocuments(door: FastifyInstance, base: string): void {
  door.get(`${scimBase}/ServiceProviderConfig`, async () => serviceProviderConfig(base));
  const collections = { ResourceTypes: resourceTypeDocuments(base), Schemas: schemaDocuments(base) };
  for (const [name, documents] of Object.entries(collections)) {
    door.get<{ Querystring: ScimParameters }>(`${scimBase}/${name}`, async request => {
      // RFC 7644, section 4: what these say is for every client the same.
      if (request.query["filter"] !== undefined) throw new ScimProblem(403, `${name} cannot be filtered`);
      return listResponse(documents, { total: documents.length, startIndex: 1 });
    });
    door.get<{ Params: { id: string } }>(`${scimBase}/${name}/:id`, async request => {
      const document = documents.find(({ id }) => id === request.params.id);
      if (document === undefined) throw new ScimProblem(404, `no ${name} ${request.params.id.slice(0, 100)}`);
      return document;
    });
  }
}

interface ResourceRoutes {
  readonly door: FastifyInstance;
  readonly provider: ScimProvider;
  readonly base: string;
  callerOf(request: FastifyRequest): ScimSource;
}

interface ById {
  Params: { id: string };
  Querystring: ScimParameters;
}

function answerResources({ door, provider, base, callerOf }: ResourceRoutes, type: ResourceType): void {
  const collection = `${scimBase}${type.endpoint}`;
  const asked = (request: FastifyRequest<{ Querystring: ScimParameters }>): ResourceRequest => ({
    source: callerOf(request as FastifyRequest),
    type,
    requested: requestedIn(type, request.query),
    ifMatch: request.headers["if-match"],
  });
  const send = (reply: FastifyReply, { id, version, body }: ShownResource) =>
    reply
      .header("etag", etagOf(version))
      .header("location", locationOf(base, type.name, id))
      .send(body);

  door.get<{ Querystring: ScimParameters }>(collection, async request =>
    provider.list(callerOf(request as FastifyRequest), type, resourceQuery(type, request.query)),
  );
  door.post(`${collection}/.search`, async request => {
    if (!isObject(request.body)) throw badRequest("invalidSyntax", "the body is no object");
    return provider.list(callerOf(request), type, resourceQuery(type, request.body));
  });
  door.post<{ Querystring: ScimParameters }>(collection, async (request, reply) =>
    send(reply.status(201), await provider.create(asked(request), request.body)),
  );
  door.get<ById>(`${collection}/:id`, async (request, reply) => {
    const found = await provider.get(asked(request), request.params.id);
    const known = request.headers["if-none-match"];
    if (known !== undefined && namesVersion(known, found.version))
      return reply.status(304).header("etag", etagOf(found.version)).send();
    return send(reply, found);
  });
  door.put<ById>(`${collection}/:id`, async (request, reply) =>
    send(reply, await provider.replace(asked(request), request.params.id, request.body)),
  );
  door.patch<ById>(`${collection}/:id`, async (request, reply) =>
    send(reply, await provider.patch(asked(request), request.params.id, request.body)),
  );
  door.delete<ById>(`${collection}/:id`, async (request, reply) => {
    await provider.remove(asked(request), request.params.id);
    return reply.status(204).send();
  });
}
