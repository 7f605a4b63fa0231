import { bindings, nameIdFormats, namespaces } from "./names.ts";
import { childOf, childrenOf, refused, type XmlElement } from "./read-xml.ts";
import type { SamlApplication } from "./saml-application.ts";
import { defaultConsumer } from "./service-provider.ts";
import { isTrue } from "./service-provider-metadata.ts";

const { protocol, assertion } = namespaces;
const comparisons = ["exact", "minimum", "maximum", "better"] as const;

/** A service provider asks for a sign-in (saml-core-2.0-os, section 3.4.1). */
export interface AuthnRequest {
  readonly id: string;
  /** Where the answer goes: one of the addresses that the configuration has. */
  readonly consumer: string;
  readonly forceAuthn: boolean;
  readonly isPassive: boolean;
  readonly context:
    | { readonly comparison: (typeof comparisons)[number]; readonly classes: readonly string[] }
    | undefined;
  /** It asks for what is not offered; who sent it is told. */
  readonly unsupported: "request-unsupported" | "invalid-name-id-policy" | undefined;
}

/** Throws `saml-message-refused` where it cannot be known where an answer may go. */
export function readAuthnRequest(message: XmlElement, { settings, provider }: SamlApplication): AuthnRequest {
  const { attributes } = message;
  const requested = childOf(message, protocol, "RequestedAuthnContext");
  const comparison = requested?.attributes["Comparison"] ?? "exact";
  const known = comparisons.find(name => name === comparison);
  if (known === undefined) throw refused("its Comparison is unknown");
  const format = childOf(message, protocol, "NameIDPolicy")?.attributes["Format"];
  const wanted: readonly (string | undefined)[] = [
    undefined,
    nameIdFormats.unspecified,
    nameIdFormats[settings.nameId.format],
  ];
  return {
    id: attributes["ID"] ?? "",
    consumer: consumerOf(attributes, provider),
    forceAuthn: isTrue(attributes["ForceAuthn"]),
    isPassive: isTrue(attributes["IsPassive"]),
    context:
      requested === undefined
        ? undefined
        : {
            comparison: known,
            classes: childrenOf(requested, assertion, "AuthnContextClassRef").map(({ text }) => text),
          },
    unsupported: unsupportedIn(message)
      ? "request-unsupported"
      : wanted.includes(format)
        ? undefined
        : "invalid-name-id-policy",
  };
}

/** An address that the request names must be the configuration's, letter by letter: elsewhere an assertion would be a gift. */
function consumerOf(attributes: XmlElement["attributes"], provider: SamlApplication["provider"]): string {
  const {
    AssertionConsumerServiceURL: url,
    AssertionConsumerServiceIndex: index,
    ProtocolBinding: binding,
  } = attributes;
  if (binding !== undefined && binding !== bindings.post)
    throw refused("its answer would have to go by another binding");
  if (url === undefined && index === undefined) return defaultConsumer(provider);
  const service = provider.assertionConsumerServices.find(known =>
    url === undefined ? String(known.index) === index : known.url === url,
  );
  if (service === undefined) throw refused("its answer would have to go where the configuration has no service");
  return service.url;
}

/** A subject of the asker's choice, conditions of his own and proxying are more than the seat's holder can answer. */
function unsupportedIn(message: XmlElement): boolean {
  return childrenOf(message, assertion, "Subject").length + childrenOf(message, assertion, "Conditions").length > 0;
}
