import { createHash, randomBytes } from "node:crypto";
import type { CookieBrowser, OpenedPage } from "./cookie-browser.ts";

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly error?: string;
    readonly access_token?: string;
    readonly refresh_token?: string;
    readonly id_token?: string;
    readonly token_type?: string;
    readonly scope?: string;
  };
}

export interface Registered {
  readonly clientId: string;
  readonly redirectUri: string;
  /** Absent: a public client. */
  readonly clientSecret?: string;
}

/** A relying party with no library between it and the provider: what it sends is what the test says. */
export class BareClient {
  readonly verifier = randomBytes(32).toString("base64url");
  readonly #origin: string;
  readonly #registered: Registered;

  constructor(origin: string, registered: Registered) {
    this.#origin = origin;
    this.#registered = registered;
  }

  /** Where the provider's answer to an authorization request leads, or the page that it stops at. `undefined` leaves a member out. */
  async authorize(browser: CookieBrowser, changes: Record<string, string | undefined> = {}): Promise<OpenedPage> {
    const { clientId, redirectUri } = this.#registered;
    const asked = {
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: "code",
      scope: "openid profile",
      state: "of-this-test",
      code_challenge: createHash("sha256").update(this.verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...changes,
    };
    let step = await browser.open(`${this.#origin}/auth?${formOf(asked)}`, false);
    while (step.location !== null && !step.location.startsWith(redirectUri))
      step = await browser.open(new URL(step.location, step.url).href, false);
    return step;
  }

  /** The answer's parameters, where it came back to the client. */
  async answer(browser: CookieBrowser, changes: Record<string, string | undefined> = {}): Promise<URLSearchParams> {
    const { location, status, text } = await this.authorize(browser, changes);
    if (location === null) throw new Error(`the provider stopped with ${status}: ${text}`);
    const { hash, search } = new URL(location);
    return new URLSearchParams(hash === "" ? search : hash.slice(1));
  }

  async code(browser: CookieBrowser, changes: Record<string, string | undefined> = {}): Promise<string> {
    const answer = await this.answer(browser, changes);
    return answer.get("code") ?? `none: ${answer}`;
  }

  /** Tokens for a fresh code. */
  async tokens(browser: CookieBrowser, changes: Record<string, string | undefined> = {}): Promise<TokenAnswer["body"]> {
    return (await this.exchange(await this.code(browser, changes))).body;
  }

  exchange(
    code: string,
    changes: Record<string, string | undefined> = {},
    headers: Record<string, string> = {},
  ): Promise<TokenAnswer> {
    const { redirectUri } = this.#registered;
    const fields = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: this.verifier };
    return this.post("token", { ...fields, ...changes }, headers);
  }

  refresh(token: string | undefined, changes: Record<string, string | undefined> = {}): Promise<TokenAnswer> {
    return this.post("token", { grant_type: "refresh_token", refresh_token: token, ...changes });
  }

  /** To one of the provider's back-channel endpoints, authenticated as the client is registered unless `headers` say otherwise. */
  async post(
    endpoint: string,
    fields: Record<string, string | undefined>,
    headers: Record<string, string> = {},
  ): Promise<TokenAnswer> {
    const { clientId, clientSecret } = this.#registered;
    const secret = clientSecret === undefined ? {} : { authorization: basic(clientId, clientSecret) };
    const answer = await fetch(`${this.#origin}/${endpoint}`, {
      method: "POST",
      headers: { ...secret, ...headers },
      body: formOf(clientSecret === undefined ? { client_id: clientId, ...fields } : fields),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === "" ? {} : JSON.parse(text) };
  }

  async userinfo(
    token: string | undefined,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
    const answer = await fetch(`${this.#origin}/me`, { headers: { authorization: `Bearer ${token}`, ...headers } });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, headers: answer.headers };
  }
}

export function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString("base64")}`;
}

/** What an ID token says, unverified: libraries verify it elsewhere. */
export function claimsIn(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(token?.split(".")[1] ?? "", "base64url").toString() || "{}") as Record<string, unknown>;
}

function formOf(fields: Record<string, string | undefined>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
