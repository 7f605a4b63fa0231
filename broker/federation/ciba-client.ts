import { readFileSync } from "node:fs";
import * as openid from "openid-client";
import { Agent, fetch as undiciFetch } from "undici";
import { Failure } from "../../core/errors/failure.ts";
import type { FederationConfiguration } from "./federation-configuration.ts";

/** The phone has been asked. */
export interface Asked {
  readonly expiresInMs: number;
  /** The claims of the ID token. Rejects with `federation-refused` or `federation-unreachable`; aborting ends the polling. */
  answer(signal: AbortSignal): Promise<unknown>;
}

const timeoutSeconds = 5;
/** What the federation says of a person, in contrast to what it says of us. */
const refusals: ReadonlySet<string> = new Set([
  "access_denied",
  "expired_token",
  "unknown_user_id",
  "transaction_failed",
]);

/** The federation as an OpenID Provider with client-initiated backchannel authentication, in poll mode. */
export class CibaClient {
  readonly #configuration: FederationConfiguration;
  readonly #agent: Agent;
  #discovered: Promise<openid.Configuration> | undefined;

  constructor(configuration: FederationConfiguration) {
    const { client, authoritiesFile } = configuration;
    this.#configuration = configuration;
    this.#agent = new Agent({
      connect: {
        timeout: timeoutSeconds * 1000,
        ...(authoritiesFile === undefined ? {} : { ca: readFileSync(authoritiesFile, "utf8") }),
        ...(client.authentication === "tls_client_auth"
          ? { cert: readFileSync(client.certificateFile, "utf8"), key: readFileSync(client.keyFile, "utf8") }
          : {}),
      },
    });
  }

  /** Asks the phone of this person. `bindingMessage`: shown on both screens. Rejects as `Asked.answer` does. */
  async ask(identifier: string, bindingMessage: string): Promise<Asked> {
    const { scope, acr } = this.#configuration;
    const configuration = await this.#configured();
    const request = { scope, login_hint: identifier, binding_message: bindingMessage, acr_values: acr };
    const asked = await openid.initiateBackchannelAuthentication(configuration, request).catch(failed);
    return {
      expiresInMs: asked.expires_in * 1000,
      answer: async signal => {
        const options = { signal };
        const tokens = await openid
          .pollBackchannelAuthenticationGrant(configuration, asked, undefined, options)
          .catch(failed);
        const claims = tokens.claims();
        if (claims?.["acr"] !== acr)
          throw new Failure("federation-refused", { detail: `acr is ${String(claims?.["acr"])}, not ${acr}` });
        return claims;
      },
    };
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  /** Once; again after a failure. */
  #configured(): Promise<openid.Configuration> {
    this.#discovered ??= this.#discover().catch(problem => {
      this.#discovered = undefined;
      return failed(problem);
    });
    return this.#discovered;
  }

  async #discover(): Promise<openid.Configuration> {
    const { discovery, issuer, client } = this.#configuration;
    const answer = await this.#fetch(discovery, { signal: AbortSignal.timeout(timeoutSeconds * 1000) });
    const metadata = (await answer.json()) as openid.ServerMetadata;
    if (metadata.issuer !== issuer)
      throw new Failure("federation-unreachable", { detail: `its metadata name another issuer: ${metadata.issuer}` });
    const authentication =
      client.authentication === "tls_client_auth"
        ? openid.TlsClientAuth()
        : openid.ClientSecretBasic(readFileSync(client.clientSecretFile, "utf8").split("\n")[0]?.trim() ?? "");
    const clientMetadata = {
      // A federation's server in a test stands on loopback without TLS; a real one is `https:` by its own metadata.
      use_mtls_endpoint_aliases: client.authentication === "tls_client_auth",
    };
    const configuration = new openid.Configuration(metadata, client.clientId, clientMetadata, authentication);
    configuration.timeout = timeoutSeconds;
    configuration[openid.customFetch] = (url, options) => this.#fetch(url, options);
    openid.enableNonRepudiationChecks(configuration);
    if (isLoopback(discovery)) openid.allowInsecureRequests(configuration);
    return configuration;
  }

  async #fetch(url: string, options: object): Promise<Response> {
    const answer = await undiciFetch(url, { ...options, dispatcher: this.#agent });
    return answer as unknown as Response;
  }
}

function isLoopback(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "http:" && hostname === "127.0.0.1";
}

function failed(problem: unknown): never {
  if (problem instanceof Failure) throw problem;
  const said = problem instanceof openid.ResponseBodyError ? problem.error : undefined;
  const code = said !== undefined && refusals.has(said) ? "federation-refused" : "federation-unreachable";
  throw new Failure(code, { detail: said ?? String(problem), cause: problem });
}
