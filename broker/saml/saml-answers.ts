import type { Clock } from "../../core/ports/clock.ts";
import type { SeatsHolder } from "../services/entitled-seat.ts";
import { fingerprint } from "../services/identifiers.ts";
import { assertion } from "./assertion.ts";
import { classOf } from "./authn-context.ts";
import { encryptAssertion } from "./encrypt-assertion.ts";
import { logoutResponse, response } from "./messages.ts";
import type { Status } from "./names.ts";
import type { SamlAddresses } from "./saml-addresses.ts";
import type { SamlApplication } from "./saml-application.ts";
import type { SamlKeys } from "./saml-keys.ts";
import type { SamlSignIn } from "./saml-sign-ins.ts";
import { signXml } from "./sign-xml.ts";
import { attributesOf, nameIdOf } from "./subject.ts";
import type { Markup } from "./write-xml.ts";

interface Parts {
  readonly addresses: SamlAddresses;
  readonly keys: SamlKeys;
  readonly clock: Clock;
}

/** Where an answer goes, and the request that it answers; absent: nobody asked. */
export interface AnswerTo {
  readonly destination: string;
  readonly inResponseTo: string | undefined;
}

/** What the broker says as identity provider: every message of it signed, and an assertion in itself, too. */
export class SamlAnswers {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The seat's holder signs in to the application: the response, and what has to be undone when the card goes. */
  signIn(
    { session, workstation }: Extract<SeatsHolder, { state: "entitled" }>,
    application: SamlApplication,
    to: AnswerTo,
  ): { response: Markup; signIn: SamlSignIn } {
    const { keys, clock, addresses } = this.#parts;
    const { entityId, encryptionCertificate } = application.provider;
    const nameId = nameIdOf(session, application, keys);
    const sessionIndex = fingerprint(`${session.id}\0${session.seat?.id}\0${entityId}`);
    const statement = assertion({
      issuer: addresses.entityId,
      audience: entityId,
      recipient: to.destination,
      inResponseTo: to.inResponseTo,
      nameId,
      attributes: attributesOf(session, workstation, application),
      contextClass: classOf(session.means),
      provedAt: session.provenAt,
      sessionIndex,
      sessionEnds: session.expiresAt,
      now: clock.now(),
    });
    const signed = signXml(statement, keys.current, "after-issuer");
    const content =
      application.settings.encryptAssertions && encryptionCertificate !== undefined
        ? encryptAssertion(signed, encryptionCertificate)
        : signed;
    return {
      response: this.#signed(response({ ...this.#envelope(to), status: "success" }, content)),
      signIn: { application, nameId, sessionIndex },
    };
  }

  refusal(to: AnswerTo, status: Exclude<Status, "success">): Markup {
    return this.#signed(response({ ...this.#envelope(to), status }));
  }

  signedOut(to: AnswerTo): Markup {
    return this.#signed(logoutResponse({ ...this.#envelope(to), status: "success" }));
  }

  #envelope(to: AnswerTo) {
    return { ...to, issuer: this.#parts.addresses.entityId, now: this.#parts.clock.now() };
  }

  #signed(message: Markup): Markup {
    return signXml(message, this.#parts.keys.current, "after-issuer");
  }
}
