import { namespaces } from "./names.ts";
import { childOf, childrenOf, refused, type XmlElement } from "./read-xml.ts";

const { protocol, assertion } = namespaces;

/** An application ends its sign-ins of one holder (saml-core-2.0-os, section 3.7.1). */
export interface LogoutRequest {
  readonly id: string;
  readonly nameId: string;
  /** None: all that it has of this holder. */
  readonly sessionIndexes: readonly string[];
}

/** `now`: milliseconds since 1970. Throws `saml-message-refused`. */
export function readLogoutRequest(message: XmlElement, now: number): LogoutRequest {
  const { ID: id = "", NotOnOrAfter: until } = message.attributes;
  if (until !== undefined && !(Date.parse(until) > now)) throw refused("it has expired");
  const nameId = childOf(message, assertion, "NameID");
  if (nameId === undefined) throw refused("it names nobody");
  return {
    id,
    nameId: nameId.text,
    sessionIndexes: childrenOf(message, protocol, "SessionIndex").map(({ text }) => text),
  };
}
