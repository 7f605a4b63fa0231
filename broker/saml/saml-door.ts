import type { IncomingMessage, ServerResponse } from "node:http";
import { asFailure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { ApplicationConfiguration } from "../main/configuration.ts";
import { sendRefusalPage } from "../oidc/refusal-page.ts";
import type { SeatBrowsers } from "../oidc/seat-browsers.ts";
import { seeOther } from "../oidc/see-other.ts";
import type { Enrolments } from "../services/enrolments.ts";
import { entitledSeat, type SeatsHolder } from "../services/entitled-seat.ts";
import type { House } from "../services/house.ts";
import type { Launches } from "../services/launches.ts";
import type { Sessions } from "../services/sessions.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { satisfies } from "./authn-context.ts";
import { type AuthnRequest, readAuthnRequest } from "./authn-request.ts";
import { identityProviderMetadata } from "./identity-provider-metadata.ts";
import { readLogoutRequest } from "./logout-request.ts";
import type { Status } from "./names.ts";
import { sendAround, sendForm } from "./post-binding.ts";
import { refused } from "./read-xml.ts";
import { receiveMessage } from "./received-message.ts";
import { redirectWith } from "./redirect-binding.ts";
import { type SamlAddresses, samlAddresses } from "./saml-addresses.ts";
import { type AnswerTo, SamlAnswers } from "./saml-answers.ts";
import { type SamlApplication, samlApplicationOf } from "./saml-application.ts";
import type { SamlKeys } from "./saml-keys.ts";
import { SamlSignIns } from "./saml-sign-ins.ts";
import { defaultConsumer } from "./service-provider.ts";
import type { Markup } from "./write-xml.ts";

interface SamlDoorParts {
  /** Of the web door, as browsers see it. */
  readonly origin: string;
  readonly house: House;
  readonly keys: () => Promise<SamlKeys>;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly sessions: Sessions;
  readonly enrolments: Enrolments;
  readonly launches: Launches;
  readonly browsers: SeatBrowsers;
}

type Entitled = Extract<SeatsHolder, { state: "entitled" }>;

/** The broker's SAML 2.0 identity provider, for browsers. Like the OpenID Provider it has no login page: the browser's seat says who it is. */
export class SamlDoor {
  readonly #parts: SamlDoorParts;
  readonly #addresses: SamlAddresses;
  readonly #signIns: SamlSignIns;

  constructor(parts: SamlDoorParts) {
    this.#parts = parts;
    this.#addresses = samlAddresses(parts.origin);
    this.#signIns = new SamlSignIns({ ...parts, issuer: this.#addresses.entityId });
  }

  /** Answers `/saml/…`. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { entityId, signIn, signOut } = this.#addresses;
    const { origin, pathname } = new URL(request.url ?? "/", this.#parts.origin);
    const isMessage = request.method === "GET" || request.method === "POST";
    try {
      if (origin + pathname === entityId && request.method === "GET") return await this.#sendMetadata(response);
      if (origin + pathname === signIn && isMessage) return await this.#signIn(request, response);
      if (origin + pathname === signOut && isMessage) return await this.#signOut(request, response);
      sendRefusalPage(response, 404, "request-malformed");
    } catch (problem) {
      const { code, detail } = asFailure(problem);
      if (code !== "saml-message-refused") throw problem;
      this.#parts.log.warn(code, { detail });
      sendRefusalPage(response, 400, code);
    }
  }

  /** From the portal: the assertion comes unasked, or the application is opened and asks for it. */
  async launch(seat: string, configured: ApplicationConfiguration, response: ServerResponse): Promise<void> {
    const application = samlApplicationOf(configured);
    if (application === undefined) return sendRefusalPage(response, 403, "session-unknown");
    const holder = await entitledSeat(this.#parts, seat, application.id);
    if (holder.state !== "entitled") return sendRefusalPage(response, 403, "session-unknown");
    const cookie = this.#parts.browsers.bind(seat, holder.session.holder.id);
    const { startUri, relayState } = application.settings;
    if (startUri === undefined) {
      const to = { destination: defaultConsumer(application.provider), inResponseTo: undefined };
      return this.#deliver(holder, application, to, relayState, response, cookie);
    }
    seeOther(response, startUri, cookie);
  }

  /** The card has gone from this seat. */
  signOutOf(seat: string): Promise<void> {
    return this.#signIns.signOut(seat);
  }

  async #answers(): Promise<SamlAnswers> {
    return new SamlAnswers({ addresses: this.#addresses, keys: await this.#parts.keys(), clock: this.#parts.clock });
  }

  async #sendMetadata(response: ServerResponse): Promise<void> {
    const keys = await this.#parts.keys();
    response.writeHead(200, { "content-type": "application/samlmetadata+xml", "x-content-type-options": "nosniff" });
    response.end(identityProviderMetadata(this.#addresses, keys).text);
  }

  /** An application asks who this browser's holder is (saml-profiles-2.0-os, section 4.1). */
  async #signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { browsers, clock } = this.#parts;
    const expected = { name: "AuthnRequest", destination: this.#addresses.signIn, now: clock.now() } as const;
    const { message, sender, relayState, posted } = await receiveMessage(request, this.#parts.house, expected);
    const asked = readAuthnRequest(message, sender);
    const seat = browsers.seatOf(request);
    if (seat === undefined && posted?.around === false) return sendAround(response, this.#addresses.signIn, posted);
    const to = { destination: asked.consumer, inResponseTo: asked.id };
    const refuse = async (status: Exclude<Status, "success">) =>
      sendResponse(response, to, (await this.#answers()).refusal(to, status), relayState);
    if (asked.unsupported !== undefined) return refuse(asked.unsupported);
    const holder = await entitledSeat(this.#parts, seat, sender.id);
    if (holder.state !== "entitled") {
      // Without leave to show anything, the application is told; otherwise the holder is told what to do.
      if (asked.isPassive) return refuse(holder.state === "nobody" ? "no-passive" : "request-denied");
      return sendRefusalPage(response, 403, "session-unknown");
    }
    if (!(await this.#reaches(holder, asked))) return refuse("no-authn-context");
    await this.#deliver(holder, sender, to, relayState, response);
  }

  /** The one place that compares what is asked with what was proved: who has a way to prove more at the workstation asks for it here. */
  async #reaches({ session }: Entitled, asked: AuthnRequest): Promise<boolean> {
    return satisfies(session.means, asked);
  }

  /** Recorded before the application can know of it; undone where the card has gone meanwhile. */
  async #deliver(
    holder: Entitled,
    application: SamlApplication,
    to: AnswerTo,
    relayState: string | undefined,
    response: ServerResponse,
    cookie?: string,
  ): Promise<void> {
    const { response: message, signIn } = (await this.#answers()).signIn(holder, application, to);
    await this.#parts.store.write(tx => appendTrail(tx, { ...holder.record, act: "application-signed-in" }));
    const seat = holder.session.seat?.id ?? "";
    this.#signIns.remember(seat, signIn);
    if ((await this.#parts.sessions.openSeat(seat)) === undefined) {
      this.#signIns.end(application.id, signIn.nameId.value, [signIn.sessionIndex]);
      return sendRefusalPage(response, 403, "session-unknown");
    }
    sendResponse(response, to, message, relayState, cookie);
  }

  /** An application ends its own sign-in (section 4.4): the holder's session stays, and so do the other applications. */
  async #signOut(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, store, sessions } = this.#parts;
    const expected = { name: "LogoutRequest", destination: this.#addresses.signOut, now: clock.now() } as const;
    const { message, sender, signed, relayState } = await receiveMessage(request, this.#parts.house, expected);
    if (!signed) throw refused("it is not signed");
    const { id, nameId, sessionIndexes } = readLogoutRequest(message, expected.now);
    const service = sender.provider.singleLogoutServices.find(({ binding }) => binding !== "soap");
    if (service === undefined) throw refused("the configuration has no address for its answer");
    for (const seat of this.#signIns.end(sender.id, nameId, sessionIndexes)) {
      const session = await sessions.openSeat(seat);
      const record = { at: clock.now(), session: session?.id, holder: session?.holder.id, application: sender.id };
      await store.write(tx => appendTrail(tx, { ...record, act: "application-signed-out" }));
    }
    const answer = (await this.#answers()).signedOut({ destination: service.url, inResponseTo: id });
    if (service.binding === "post") return sendResponse(response, { destination: service.url }, answer, relayState);
    seeOther(response, redirectWith(answer, service.url, relayState, (await this.#parts.keys()).current));
  }
}

function sendResponse(
  response: ServerResponse,
  { destination }: Pick<AnswerTo, "destination">,
  message: Markup,
  relayState: string | undefined,
  cookie?: string,
): void {
  const SAMLResponse = Buffer.from(message.text).toString("base64");
  sendForm(response, destination, { SAMLResponse, RelayState: relayState }, cookie);
}
