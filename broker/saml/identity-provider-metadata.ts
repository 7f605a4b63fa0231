import { newMessageId } from "./assertion.ts";
import { bindings, nameIdFormats, namespaces } from "./names.ts";
import type { SamlAddresses } from "./saml-addresses.ts";
import type { SamlKeys } from "./saml-keys.ts";
import { signXml } from "./sign-xml.ts";
import { element, type Markup } from "./write-xml.ts";

/** What service providers are told of the broker (saml-metadata-2.0-os, section 2.4.3): signed, with the key in use and the one to come. */
export function identityProviderMetadata({ entityId, signIn, signOut }: SamlAddresses, keys: SamlKeys): Markup {
  const both = [bindings.redirect, bindings.post];
  const metadata = element(
    "md:EntityDescriptor",
    { "xmlns:md": namespaces.metadata, ID: newMessageId(), entityID: entityId },
    element(
      "md:IDPSSODescriptor",
      { protocolSupportEnumeration: namespaces.protocol },
      keyDescriptor(keys.current.certificate),
      keyDescriptor(keys.next.certificate),
      ...both.map(Binding => element("md:SingleLogoutService", { Binding, Location: signOut })),
      ...Object.values(nameIdFormats).map(format => element("md:NameIDFormat", {}, format)),
      ...both.map(Binding => element("md:SingleSignOnService", { Binding, Location: signIn })),
    ),
  );
  return signXml(metadata, keys.current, "first");
}

function keyDescriptor(certificate: string): Markup {
  const bytes = certificate.replace(/-----[A-Z ]+-----|\s/g, "");
  return element(
    "md:KeyDescriptor",
    { use: "signing" },
    element(
      "ds:KeyInfo",
      { "xmlns:ds": namespaces.signature },
      element("ds:X509Data", {}, element("ds:X509Certificate", {}, bytes)),
    ),
  );
}
