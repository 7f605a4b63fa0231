import { namespaces } from "./names.ts";
import { childOf, refused, type XmlElement } from "./read-xml.ts";

const oldestMs = 10 * 60_000;
const clockSkewMs = 3 * 60_000;

/** What a message has to be before its content counts. */
export interface Expected {
  readonly name: "AuthnRequest" | "LogoutRequest";
  /** The address that it was sent to. */
  readonly destination: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The name of who sent it, as it says itself: nothing is proved by it. Throws `saml-message-refused`. */
export function issuerOf(message: XmlElement): string {
  return childOf(message, namespaces.assertion, "Issuer")?.text ?? "";
}

/** saml-core-2.0-os, section 3.2.1. `signed`: its destination must be said, too. Throws `saml-message-refused`. */
export function checkEnvelope(message: XmlElement, signed: boolean, { name, destination, now }: Expected): void {
  const { ID: id = "", Version: version, IssueInstant: issued = "", Destination: to } = message.attributes;
  if (message.namespace !== namespaces.protocol || message.name !== name) throw refused(`it is no ${name}`);
  if (version !== "2.0") throw refused("its version is not 2.0");
  if (!/^[A-Za-z_][\w.-]{0,255}$/.test(id)) throw refused("its ID is none");
  if (to === undefined ? signed : to !== destination) throw refused("it is meant for another address");
  const age = now - Date.parse(/^\d{4}-\d\d-\d\dT.*Z$/.test(issued) ? issued : "");
  // The comparison is written so that an age that is no number fails it.
  if (!(age <= oldestMs && age >= -clockSkewMs)) throw refused("it was not made just now");
}
