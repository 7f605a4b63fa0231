import type { IncomingMessage } from "node:http";
import type Provider from "oidc-provider";
import { assuranceOf } from "../../core/session/means.ts";
import type { House } from "../services/house.ts";
import type { Sessions } from "../services/sessions.ts";
import type { HubCaller } from "./hub.ts";
import { HubRefusal } from "./hub-refusal.ts";
import { mayReport, readableBy } from "./hub-scopes.ts";

export interface HubCallerParts {
  readonly provider: Provider;
  readonly sessions: Sessions;
  readonly house: House;
}

/** Whom the request's access token speaks for: an application that uses the hub, and a session whose seat is open. Throws `HubRefusal`. */
export async function hubCaller(request: IncomingMessage, parts: HubCallerParts): Promise<HubCaller> {
  const { provider, sessions, house } = parts;
  const [, secret] = /^Bearer ([\w.~+/-]{1,4096}=*)$/i.exec(request.headers.authorization ?? "") ?? [];
  const token = secret === undefined ? undefined : await provider.AccessToken.find(secret);
  // A token that is bound to a key is not a bearer's (RFC 9449, section 7.2; RFC 8705, section 3).
  if (token === undefined || token.isSenderConstrained()) throw new HubRefusal(401, "no valid bearer token");
  const application = house.applications.find(({ client }) => client.clientId === token.clientId);
  if (application?.fhircast !== true) throw new HubRefusal(403, "this application does not use the hub");
  const session = await sessions.openById(token.accountId);
  if (session?.seat === undefined) throw new HubRefusal(401, "the session has no open seat");
  const scopes = [...token.scopes];
  return {
    seat: session.seat.id,
    application: application.id,
    about: {
      holder: session.holder.id,
      means: session.means,
      assurance: assuranceOf(session.means),
      session: session.id,
      workstation: session.seat.workstation,
    },
    mayRead: readableBy(scopes),
    mayReport: mayReport(scopes),
    until: (token.exp ?? 0) * 1000,
  };
}
