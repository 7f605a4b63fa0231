import { randomBytes } from "node:crypto";
import { namespaces } from "./names.ts";
import type { NameId } from "./subject.ts";
import { element, type Markup } from "./write-xml.ts";

/** What is said of the seat's holder, to whom, and until when. Times: milliseconds since 1970. */
export interface Statement {
  /** The broker as identity provider. */
  readonly issuer: string;
  /** The service provider's entityId. */
  readonly audience: string;
  /** Where it is delivered. */
  readonly recipient: string;
  /** The request that it answers; absent: nobody asked. */
  readonly inResponseTo: string | undefined;
  readonly nameId: NameId;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly contextClass: string;
  /** When the holder proved himself. */
  readonly provedAt: number;
  readonly sessionIndex: string;
  readonly sessionEnds: number;
  readonly now: number;
}

/** As long as a browser takes to bring it, and a clock may be wrong. */
const goodForMs = 60_000;
const clockSkewMs = 60_000;
const basicName = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/** An assertion for web browser sign-in (saml-profiles-2.0-os, section 4.1.4.2), not signed yet. */
export function assertion(statement: Statement): Markup {
  const { issuer, audience, recipient, inResponseTo, attributes, now } = statement;
  const until = instant(now + goodForMs);
  return element(
    "saml:Assertion",
    { "xmlns:saml": namespaces.assertion, ID: newMessageId(), Version: "2.0", IssueInstant: instant(now) },
    element("saml:Issuer", {}, issuer),
    element(
      "saml:Subject",
      {},
      nameIdElement(statement.nameId),
      element(
        "saml:SubjectConfirmation",
        { Method: bearer },
        element("saml:SubjectConfirmationData", {
          InResponseTo: inResponseTo,
          NotOnOrAfter: until,
          Recipient: recipient,
        }),
      ),
    ),
    element(
      "saml:Conditions",
      { NotBefore: instant(now - clockSkewMs), NotOnOrAfter: until },
      element("saml:AudienceRestriction", {}, element("saml:Audience", {}, audience)),
    ),
    element(
      "saml:AuthnStatement",
      {
        AuthnInstant: instant(statement.provedAt),
        SessionIndex: statement.sessionIndex,
        SessionNotOnOrAfter: instant(statement.sessionEnds),
      },
      element("saml:AuthnContext", {}, element("saml:AuthnContextClassRef", {}, statement.contextClass)),
    ),
    attributes.size === 0
      ? undefined
      : element("saml:AttributeStatement", {}, ...[...attributes].map(([name, values]) => attribute(name, values))),
  );
}

/** For assertions and for requests to sign out. */
export function nameIdElement({ format, value, spNameQualifier }: NameId): Markup {
  return element("saml:NameID", { Format: format, SPNameQualifier: spNameQualifier }, value);
}

/** xs:ID, which must not begin with a digit; 160 bits that nobody guesses. */
export function newMessageId(): string {
  return `_${randomBytes(20).toString("hex")}`;
}

/** xs:dateTime in UTC, as saml-core-2.0-os, section 1.3.3 wants it. */
export function instant(ms: number): string {
  return new Date(ms).toISOString();
}

function attribute(name: string, values: readonly string[]): Markup {
  return element(
    "saml:Attribute",
    { Name: name, NameFormat: basicName },
    ...values.map(value => element("saml:AttributeValue", {}, value)),
  );
}
