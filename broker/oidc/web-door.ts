import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import { consoleBase } from "../../protocol/broker/console/routes.ts";
import { hubPath } from "../fhircast/hub-door.ts";
import { openFhircast } from "../fhircast/open-fhircast.ts";
import type { ConsoleDoor } from "../routes/console-door.ts";
import type { LaunchTickets } from "../services/launch-tickets.ts";
import type { SessionEvents } from "../services/session-events.ts";
import type { Store } from "../store/store.ts";
import { createIdentityProvider, type IdentityProviderParts, loginOf, sessionFor } from "./identity-provider.ts";
import { sendRefusalPage } from "./refusal-page.ts";
import { RelyingParties } from "./relying-parties.ts";

interface WebDoorParts extends IdentityProviderParts {
  readonly tickets: LaunchTickets;
  readonly events: SessionEvents;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Where administrators are named. */
  readonly console: ConsoleDoor | undefined;
}

export interface WebDoor {
  close(): Promise<void>;
}

/** The door for browsers: launches, the OpenID Provider, and the console. Listens where the configuration says. */
export async function openWebDoor(parts: WebDoorParts): Promise<WebDoor> {
  const { configuration, house, browsers, tickets, events, log } = parts;
  const provider = createIdentityProvider(parts);
  // The reverse proxy in front says by which scheme the browser came.
  provider.proxy = configuration.web.origin.startsWith("https:");
  const parties = new RelyingParties(provider, log);
  provider.on("authorization.success", ctx => {
    const bound = browsers.boundTo(ctx.req);
    if (bound !== undefined) parties.remember(bound.seat, bound.holder, ctx);
  });
  provider.on("server_error", (_ctx, error) => log.warn("provider-failed", { detail: String(error) }));
  const fhircast = openFhircast({ ...parts, provider, origin: configuration.web.origin });
  const stop = events.subscribe(event => {
    if (event.type === "seat-lost") browsers.forget(event.seat);
    void parties.signOut(event.seat).catch(error => log.warn("sign-out-failed", { detail: String(error) }));
  });
  const asProvider = provider.callback();

  /** `/launch/<ticket>`: binds this browser to the ticket's seat and sends it where the application signs in. */
  async function launch(ticket: string, response: ServerResponse): Promise<void> {
    const redeemed = tickets.redeem(ticket);
    if (redeemed?.application === consoleApplication.id) return launchConsole(redeemed.seat, response);
    const application = house.applications.find(known => known.id === redeemed?.application);
    if (redeemed === undefined || application === undefined) return sendRefusalPage(response, 403, "session-unknown");
    const session = await sessionFor(parts, redeemed.seat, application.client.clientId);
    if (session === undefined) return sendRefusalPage(response, 403, "session-unknown");
    // OpenID Connect Core, section 4: third-party-initiated login.
    const target = new URL(application.initiateLoginUri);
    target.searchParams.set("iss", configuration.web.origin);
    sendThere(response, target.href, browsers.bind(redeemed.seat, session.holder.id));
  }

  async function launchConsole(seat: string, response: ServerResponse): Promise<void> {
    const cookie = await parts.console?.admit(seat);
    if (cookie === undefined) return sendRefusalPage(response, 403, "session-unknown");
    sendThere(response, consoleBase, cookie);
  }

  /** The provider asks who this is: the seat's holder, or nobody. */
  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await provider.interactionDetails(request, response);
    const session = await sessionFor(parts, browsers.seatOf(request), String(params["client_id"]));
    if (session === undefined) return sendRefusalPage(response, 403, "session-unknown");
    await provider.interactionFinished(request, response, loginOf(session), { mergeWithLastSubmission: false });
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", configuration.web.origin).pathname;
    if (request.method === "GET" && path.startsWith("/launch/")) return launch(path.slice("/launch/".length), response);
    if (request.method === "GET" && path.startsWith("/interaction/")) return interact(request, response);
    if (`${path}/` === consoleBase) return sendThere(response, consoleBase);
    if (parts.console !== undefined && path.startsWith(consoleBase)) return parts.console.answer(request, response);
    if (path === hubPath || path.startsWith(`${hubPath}/`)) return fhircast.answer(request, response);
    await asProvider(request, response);
  }

  const server = createServer((request, response) => {
    route(request, response).catch(error => {
      log.warn("web-request-failed", { detail: String(error) });
      if (!response.headersSent) sendRefusalPage(response, 400, "request-malformed");
    });
  });
  server.on("upgrade", (request, socket, head) => fhircast.upgrade(request, socket, head));
  await listen(server, configuration.web.host, configuration.web.port);
  return {
    async close() {
      stop();
      fhircast.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** With a cookie that binds the browser, where it is bound by this. */
function sendThere(response: ServerResponse, location: string, cookie?: string): void {
  response.writeHead(303, {
    location,
    ...(cookie === undefined ? {} : { "set-cookie": cookie }),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  });
  response.end();
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}
