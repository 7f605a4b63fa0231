import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as oidc from "openid-client";
import type { ApplicationProfile } from "./application-profile.ts";
import { logoutTokenVerifier } from "./logout-tokens.ts";
import { closedPage, holderPage, refusedPage, type SignedInHolder, stylesheet, watchScript } from "./page.ts";

export interface ApplicationSettings {
  readonly profile: ApplicationProfile;
  readonly port: number;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

interface PendingSignIn {
  readonly verifier: string;
  readonly nonce: string;
  readonly state: string;
}

interface AppSession {
  readonly holder: SignedInHolder;
  readonly sid: string;
  readonly watchers: Set<ServerResponse>;
}

/** A web application that knows nothing of cards: an ordinary OpenID Connect relying party. */
export async function startApplication(settings: ApplicationSettings): Promise<{ close(): Promise<void> }> {
  const { profile, port, issuer, clientId, clientSecret } = settings;
  const origin = `http://127.0.0.1:${port}`;
  const configuration = await oidc.discovery(
    new URL(issuer),
    clientId,
    { id_token_signed_response_alg: "ES256" },
    oidc.ClientSecretBasic(clientSecret),
    {
      // The demonstration's issuer is on loopback.
      execute: issuer.startsWith("http:") ? [oidc.allowInsecureRequests] : [],
    },
  );
  const verifyLogout = logoutTokenVerifier(issuer, clientId, configuration.serverMetadata().jwks_uri ?? "");
  const pending = new Map<string, PendingSignIn>();
  const sessions = new Map<string, AppSession>();
  const cookieName = `demo_${profile.id.replaceAll("-", "_")}`;

  function cookieOf(request: IncomingMessage): string {
    return new RegExp(`(?:^|; )${cookieName}=([\\w-]+)`).exec(request.headers.cookie ?? "")?.[1] ?? "";
  }

  function redirect(response: ServerResponse, to: string, cookie?: string): void {
    response.writeHead(303, {
      location: to,
      "cache-control": "no-store",
      ...(cookie === undefined ? {} : { "set-cookie": `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Lax` }),
    });
    response.end();
  }

  async function startSignIn(url: URL, response: ServerResponse): Promise<void> {
    if (url.searchParams.get("iss") !== issuer) return send(response, 400, "text/plain", "unknown issuer");
    const verifier = oidc.randomPKCECodeVerifier();
    const signIn = { verifier, nonce: oidc.randomNonce(), state: oidc.randomState() };
    const id = randomBytes(32).toString("base64url");
    pending.set(id, signIn);
    const to = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: `${origin}/callback`,
      scope: "openid profile",
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state: signIn.state,
      nonce: signIn.nonce,
      ...(profile.acrValues === undefined ? {} : { acr_values: profile.acrValues }),
    });
    redirect(response, to.href, id);
  }

  async function finishSignIn(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const signIn = pending.get(cookieOf(request));
    pending.delete(cookieOf(request));
    if (signIn === undefined) return redirect(response, "/");
    const refusal = url.searchParams.get("error");
    if (refusal !== null && url.searchParams.get("state") === signIn.state)
      return send(
        response,
        403,
        "text/html",
        refusedPage(profile, refusal, `/login?iss=${encodeURIComponent(issuer)}`),
      );
    const tokens = await oidc.authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: signIn.verifier,
      expectedNonce: signIn.nonce,
      expectedState: signIn.state,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error("no ID token");
    const text = (name: string) => String(claims[name] ?? "");
    const list = (name: string) => (Array.isArray(claims[name]) ? claims[name].map(String) : []);
    const holder = {
      name: text("name"),
      subjectNameId: text("SubjectNameID"),
      role: list("SubjectRole").join(" "),
      organization: text("SubjectOrganization"),
      acr: text("acr"),
      amr: list("amr"),
      signedInAt: Number(claims["auth_time"] ?? claims.iat),
      means: text("wardkey_means"),
      place: text("wardkey_place"),
      workstation: text("wardkey_workstation"),
    };
    const id = randomBytes(32).toString("base64url");
    sessions.set(id, { holder, sid: text("sid"), watchers: new Set() });
    redirect(response, "/", id);
  }

  async function backChannelLogout(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const piece of request) body += String(piece);
    try {
      const { sid } = await verifyLogout(new URLSearchParams(body).get("logout_token") ?? "");
      for (const [id, session] of sessions) {
        if (session.sid !== sid) continue;
        sessions.delete(id);
        for (const watcher of session.watchers) watcher.end("event: closed\ndata: {}\n\n");
      }
      send(response, 200, "text/plain", "");
    } catch {
      send(response, 400, "text/plain", "no logout token");
    }
  }

  function watch(request: IncomingMessage, response: ServerResponse): void {
    const session = sessions.get(cookieOf(request));
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    if (session === undefined) {
      response.end("event: closed\ndata: {}\n\n");
      return;
    }
    response.write(": open\n\n");
    session.watchers.add(response);
    response.on("close", () => session.watchers.delete(response));
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", origin);
    switch (`${request.method} ${url.pathname}`) {
      case "GET /": {
        const session = sessions.get(cookieOf(request));
        return send(
          response,
          session === undefined ? 401 : 200,
          "text/html",
          session === undefined ? closedPage(profile) : holderPage(profile, session.holder),
        );
      }
      case "GET /login":
        return startSignIn(url, response);
      case "GET /callback":
        return finishSignIn(request, url, response);
      case "POST /backchannel-logout":
        return backChannelLogout(request, response);
      case "GET /events":
        return watch(request, response);
      case "GET /style.css":
        return send(response, 200, "text/css", `:root{--hue:${profile.hue}}${stylesheet}`);
      case "GET /watch.js":
        return send(response, 200, "text/javascript", watchScript);
      default:
        return send(response, 404, "text/plain", "not here");
    }
  }

  const server = createServer((request, response) => {
    route(request, response).catch(() => {
      if (!response.headersSent) send(response, 403, "text/html", closedPage(profile));
    });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  });
  response.end(body);
}
