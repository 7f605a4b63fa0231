import { generateKeyPairSync } from "node:crypto";
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { TLSSocket } from "node:tls";
import { type BackchannelAuthenticationRequest, errors, Provider } from "oidc-provider";

export const federationSecret = "the federation knows the broker by this secret";

/** What a person's phone does when it rings. */
export type PhoneAct = "confirms" | "refuses" | "waits";

export interface PhoneCall {
  readonly identifier: string;
  readonly bindingMessage: string;
  readonly scope: string;
}

interface FederationOptions {
  readonly port: number;
  /** PEM of its server's key and certificate: with them it speaks TLS, and knows its client by its certificate. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly clientAuthority: string };
}

/**
 * A federation as Pro Santé Connect is one: a certified OpenID Provider with client-initiated backchannel authentication in poll
 * mode, metadata at a name of its own, claims as cards.md section 7 lists them.
 */
export class PhoneFederation {
  readonly calls: PhoneCall[] = [];
  act: PhoneAct = "confirms";
  /** Who picks up, where it is not the one who was called. */
  answeredBy: string | undefined;
  acr = "eidas1";
  readonly origin: string;
  readonly #provider: Provider;
  readonly #server: Server;
  readonly #claims: Readonly<Record<string, object>>;

  private constructor(options: FederationOptions, claims: Readonly<Record<string, object>>) {
    this.#claims = claims;
    this.origin = `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${options.port}`;
    this.#provider = this.#makeProvider(options.tls !== undefined);
    const asProvider = this.#provider.callback();
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      request.url = request.url?.replace("wallet-openid-configuration", "openid-configuration");
      void asProvider(request, response);
    };
    const { tls } = options;
    this.#server =
      tls === undefined
        ? createHttp(answer)
        : createHttps({ ...tls, ca: tls.clientAuthority, requestCert: true, rejectUnauthorized: false }, answer);
  }

  /** `claims`: by national identifier, of everybody who has a phone here. */
  static async start(options: FederationOptions, claims: Readonly<Record<string, object>>): Promise<PhoneFederation> {
    const federation = new PhoneFederation(options, claims);
    await new Promise<void>(resolve => federation.#server.listen(options.port, "127.0.0.1", resolve));
    return federation;
  }

  get discovery(): string {
    return `${this.origin}/.well-known/wallet-openid-configuration`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #ring(request: BackchannelAuthenticationRequest): Promise<void> {
    const { accountId = "", params } = request;
    this.calls.push({
      identifier: accountId,
      bindingMessage: String(params?.["binding_message"]),
      scope: String(params?.["scope"]),
    });
    if (this.act === "waits") return;
    if (this.act === "refuses") {
      await this.#provider.backchannelResult(request, new errors.AccessDenied());
      return;
    }
    const grant = new this.#provider.Grant({ clientId: request.clientId ?? "", accountId });
    grant.addOIDCScope("openid scope_all");
    await grant.save();
    await this.#provider.backchannelResult(request, grant, { acr: this.acr, amr: ["mfa"] });
  }

  #makeProvider(byCertificate: boolean): Provider {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const authentication = byCertificate
      ? { token_endpoint_auth_method: "tls_client_auth" as const, tls_client_auth_subject_dn: "CN=broker" }
      : { token_endpoint_auth_method: "client_secret_basic" as const, client_secret: federationSecret };
    const provider = new Provider(this.origin, {
      clients: [
        {
          client_id: "wardkey",
          redirect_uris: [],
          response_types: [],
          grant_types: ["urn:openid:params:grant-type:ciba"],
          backchannel_token_delivery_mode: "poll",
          id_token_signed_response_alg: "ES256",
          ...authentication,
        },
      ],
      clientAuthMethods: byCertificate ? ["tls_client_auth"] : ["client_secret_basic"],
      jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "ES256", use: "sig", kid: "federation" }] },
      scopes: ["openid", "scope_all"],
      acrValues: ["eidas1", "eidas2"],
      enabledJWA: { idTokenSigningAlgValues: ["ES256"] },
      claims: {
        openid: ["sub", "acr", "amr"],
        scope_all: [
          "given_name",
          "family_name",
          "SubjectNameID",
          "SubjectRole",
          "SubjectOrganization",
          "SubjectOrganizationID",
        ],
      },
      conformIdTokenClaims: false,
      findAccount: async (_ctx, id) => ({
        accountId: id,
        claims: () => ({ sub: `f:00000000-0000-0000-0000-000000000000:${id}`, ...this.#claims[this.answeredBy ?? id] }),
      }),
      features: {
        devInteractions: { enabled: false },
        mTLS: {
          enabled: byCertificate,
          tlsClientAuth: byCertificate,
          getCertificate: ctx => (ctx.socket as TLSSocket).getPeerX509Certificate()?.toString(),
          certificateAuthorized: ctx => (ctx.socket as TLSSocket).authorized,
          certificateSubjectMatches: (ctx, _property, expected) =>
            (ctx.socket as TLSSocket).getPeerX509Certificate()?.subject === expected,
        },
        ciba: {
          enabled: true,
          deliveryModes: ["poll"],
          processLoginHint: async (_ctx, hint) => (hint !== undefined && hint in this.#claims ? hint : undefined),
          processLoginHintToken: async () => undefined,
          validateBindingMessage: async () => undefined,
          validateRequestContext: async () => undefined,
          verifyUserCode: async () => undefined,
          triggerAuthenticationDevice: async (_ctx, request) => {
            await this.#ring(request);
          },
        },
      },
      ttl: { BackchannelAuthenticationRequest: 120 },
    });
    // A person waits less patiently than the five seconds that are asked for where nothing is said.
    provider.use(async (ctx, next) => {
      await next();
      const asked = ctx.body as { auth_req_id?: string } | undefined;
      if (asked?.auth_req_id !== undefined) ctx.body = { ...asked, interval: 1 };
    });
    return provider;
  }
}
