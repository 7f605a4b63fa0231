import { newScimToken } from "../../../broker/scim/scim-tokens.ts";

/** What a SCIM service provider answered. */
export interface ScimAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as clients do, and fail where it is another
  readonly body: any;
}

export interface ScimAsking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Speaks SCIM over HTTP as an identity-management system does. */
export class ScimClient {
  readonly #base: string;
  readonly #token: string | undefined;

  constructor(origin: string, token: string | undefined = newScimToken().token) {
    this.#base = `${origin}/scim/v2`;
    this.#token = token;
  }

  /** `body`: an object, or a text that is sent as it is. */
  async ask(method: string, path: string, { body, headers = {} }: ScimAsking = {}): Promise<ScimAnswer> {
    const answer = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { "content-type": "application/scim+json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : JSON.parse(text) };
  }

  get(path: string, headers?: Readonly<Record<string, string>>): Promise<ScimAnswer> {
    return this.ask("GET", path, headers === undefined ? {} : { headers });
  }

  /** Those that fit. */
  find(type: "Users" | "Groups", filter: string): Promise<ScimAnswer> {
    return this.get(`/${type}?filter=${encodeURIComponent(filter)}`);
  }

  post(path: string, body: unknown): Promise<ScimAnswer> {
    return this.ask("POST", path, { body });
  }

  patch(path: string, ...operations: unknown[]): Promise<ScimAnswer> {
    const schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
    return this.ask("PATCH", path, { body: { schemas, Operations: operations } });
  }
}
