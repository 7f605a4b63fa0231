import { instant, nameIdElement, newMessageId } from "./assertion.ts";
import { namespaces, type Status, statusCodes } from "./names.ts";
import type { NameId } from "./subject.ts";
import { element, type Markup } from "./write-xml.ts";

/** What every message of ours begins with. `now`: milliseconds since 1970. */
interface Envelope {
  readonly issuer: string;
  /** Where it is sent. */
  readonly destination: string;
  readonly now: number;
}

export interface Answer extends Envelope {
  /** The request that it answers; absent: nobody asked. */
  readonly inResponseTo: string | undefined;
  readonly status: Status;
}

/** The answer to a request for a sign-in, or one that comes unasked (saml-core-2.0-os, section 3.3.3), not signed yet. */
export function response(answer: Answer, content?: Markup): Markup {
  return answerElement("samlp:Response", answer, content);
}

/** The answer to a request to sign out (section 3.7.2), not signed yet. */
export function logoutResponse(answer: Answer): Markup {
  return answerElement("samlp:LogoutResponse", answer);
}

/** Tells a service provider that a sign-in is over (section 3.7.1), not signed yet. */
export function logoutRequest(envelope: Envelope, nameId: NameId, sessionIndex: string): Markup {
  return element(
    "samlp:LogoutRequest",
    { ...attributesOf(envelope), NotOnOrAfter: instant(envelope.now + 300_000) },
    issuerOf(envelope),
    nameIdElement(nameId),
    element("samlp:SessionIndex", {}, sessionIndex),
  );
}

function answerElement(name: string, answer: Answer, content?: Markup): Markup {
  const [first, second] = statusCodes[answer.status];
  return element(
    name,
    { ...attributesOf(answer), InResponseTo: answer.inResponseTo },
    issuerOf(answer),
    element(
      "samlp:Status",
      {},
      element(
        "samlp:StatusCode",
        { Value: first },
        second === undefined ? undefined : element("samlp:StatusCode", { Value: second }),
      ),
    ),
    content,
  );
}

function attributesOf({ destination, now }: Envelope): Record<string, string> {
  return {
    "xmlns:samlp": namespaces.protocol,
    "xmlns:saml": namespaces.assertion,
    ID: newMessageId(),
    Version: "2.0",
    IssueInstant: instant(now),
    Destination: destination,
  };
}

function issuerOf({ issuer }: Envelope): Markup {
  return element("saml:Issuer", {}, issuer);
}
