import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { ownApplication } from "../../core/second-factor/own-application.ts";
import { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import { consoleBase } from "../../protocol/broker/console/routes.ts";
import { ownBase } from "../../protocol/broker/own/own-routes.ts";
import { hubPath } from "../fhircast/hub-door.ts";
import { openFhircast } from "../fhircast/open-fhircast.ts";
import type { ApplicationConfiguration } from "../main/configuration.ts";
import type { ConsoleDoor } from "../routes/console-door.ts";
import { Listener } from "../routes/listener.ts";
import type { OwnDoor } from "../routes/own-door.ts";
import { type ScimDoor, scimBase } from "../routes/scim-door.ts";
import { SamlDoor } from "../saml/saml-door.ts";
import type { SamlKeys } from "../saml/saml-keys.ts";
import type { LaunchTickets } from "../services/launch-tickets.ts";
import { nodeTimers } from "../services/node-timers.ts";
import { IdentityProvider, type IdentityProviderParts } from "./identity-provider.ts";
import { sendRefusalPage } from "./refusal-page.ts";
import { sessionFor } from "./seat-sign-in.ts";
import { seeOther } from "./see-other.ts";

interface WebDoorParts extends IdentityProviderParts {
  readonly tickets: LaunchTickets;
  readonly samlKeys: () => Promise<SamlKeys>;
  /** Where administrators are named. */
  readonly console: ConsoleDoor | undefined;
  /** Where holders can be asked for a second factor. */
  readonly own: OwnDoor | undefined;
  /** Where a source of the directory is written by SCIM. */
  readonly scim: ScimDoor | undefined;
}

export interface WebDoor {
  close(): Promise<void>;
}

/** The door for browsers and web clients: launches, the OpenID Provider, the console, and SCIM. Listens where the configuration says. */
export async function openWebDoor(parts: WebDoorParts): Promise<WebDoor> {
  const { configuration, house, browsers, tickets, events, log } = parts;
  const provider = new IdentityProvider(parts);
  const saml = new SamlDoor({ ...parts, origin: configuration.web.origin, keys: parts.samlKeys });
  const fhircast = openFhircast({ ...parts, provider, origin: configuration.web.origin });
  const stop = events.subscribe(event => {
    if (event.type === "seat-lost") browsers.forget(event.seat);
    if ("seat" in event)
      void saml.signOutOf(event.seat).catch(error => log.warn("sign-out-failed", { detail: String(error) }));
  });

  /** `/launch/<ticket>`: binds this browser to the ticket's seat and sends it where the application signs in. */
  async function launch(ticket: string, response: ServerResponse): Promise<void> {
    const redeemed = tickets.redeem(ticket);
    if (redeemed === undefined) return sendRefusalPage(response, 403, "session-unknown");
    if (redeemed.application === consoleApplication.id)
      return launchOwn(parts.console, redeemed.seat, consoleBase, response);
    if (redeemed.application === ownApplication.id) return launchOwn(parts.own, redeemed.seat, ownBase, response);
    const application = house.applications.find(known => known.id === redeemed.application);
    if (application === undefined) return sendRefusalPage(response, 403, "session-unknown");
    if (application.saml !== undefined) return saml.launch(redeemed.seat, application, response);
    return launchClient(redeemed.seat, application, response);
  }

  /** OpenID Connect Core, section 4: third-party-initiated login. */
  async function launchClient(
    seat: string,
    { client, initiateLoginUri = "", targetLinkUri }: ApplicationConfiguration,
    response: ServerResponse,
  ): Promise<void> {
    const session = await sessionFor(parts, seat, client?.clientId ?? "");
    if (session === undefined) return sendRefusalPage(response, 403, "session-unknown");
    const target = new URL(initiateLoginUri);
    target.searchParams.set("iss", configuration.web.origin);
    if (targetLinkUri !== undefined) target.searchParams.set("target_link_uri", targetLinkUri);
    seeOther(response, target.href, browsers.bind(seat, session.holder.id));
  }

  /** Pages of the broker's own, below `base`. */
  async function launchOwn(
    door: Pick<OwnDoor, "admit"> | undefined,
    seat: string,
    base: string,
    response: ServerResponse,
  ): Promise<void> {
    const cookie = await door?.admit(seat);
    if (cookie === undefined) return sendRefusalPage(response, 403, "session-unknown");
    seeOther(response, base, cookie);
  }

  /** The provider asks who this is: the seat's holder, or nobody. */
  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if ((await provider.interact(request, response)) === "unknown") sendRefusalPage(response, 403, "session-unknown");
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", configuration.web.origin).pathname;
    if (request.method === "GET" && path.startsWith("/launch/")) return launch(path.slice("/launch/".length), response);
    if (request.method === "GET" && path.startsWith("/interaction/")) return interact(request, response);
    if (path.startsWith("/saml/")) return saml.answer(request, response);
    if (`${path}/` === consoleBase) return seeOther(response, consoleBase);
    if (parts.console !== undefined && path.startsWith(consoleBase)) return parts.console.answer(request, response);
    if (parts.own !== undefined && path.startsWith(ownBase)) return parts.own.answer(request, response);
    if (path === hubPath || path.startsWith(`${hubPath}/`)) return fhircast.answer(request, response);
    if (parts.scim !== undefined && path.startsWith(`${scimBase}/`)) return parts.scim.answer(request, response);
    await provider.answer(request, response);
  }

  const server = createServer((request, response) => {
    route(request, response).catch(error => {
      log.warn("web-request-failed", { detail: String(error) });
      if (!response.headersSent) sendRefusalPage(response, 400, "request-malformed");
    });
  });
  server.on("upgrade", (request, socket, head) => fhircast.upgrade(request, socket, head));
  const listener = await Listener.open(server, configuration.web, nodeTimers);
  return {
    close() {
      stop();
      provider.close();
      fhircast.close();
      return listener.close();
    },
  };
}
