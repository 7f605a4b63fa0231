/** Namespaces of the XML that SAML 2.0 is written in. */
export const namespaces = {
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  signature: "http://www.w3.org/2000/09/xmldsig#",
  encryption: "http://www.w3.org/2001/04/xmlenc#",
  soap: "http://schemas.xmlsoap.org/soap/envelope/",
} as const;

/** Bindings (saml-bindings-2.0-os, section 3) that are spoken here. */
export const bindings = {
  redirect: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
  post: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
  soap: "urn:oasis:names:tc:SAML:2.0:bindings:SOAP",
} as const;
export type Binding = keyof typeof bindings;

/** saml-core-2.0-os, section 8.3. */
export const nameIdFormats = {
  persistent: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
  transient: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
  emailAddress: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  unspecified: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
} as const;

const status = "urn:oasis:names:tc:SAML:2.0:status:";

/** saml-core-2.0-os, section 3.2.2.2; the second word says more about the first. */
export const statusCodes = {
  success: [`${status}Success`],
  "no-passive": [`${status}Responder`, `${status}NoPassive`],
  "no-authn-context": [`${status}Responder`, `${status}NoAuthnContext`],
  "request-denied": [`${status}Responder`, `${status}RequestDenied`],
  "invalid-name-id-policy": [`${status}Requester`, `${status}InvalidNameIDPolicy`],
  "request-unsupported": [`${status}Requester`, `${status}RequestUnsupported`],
} as const;
export type Status = keyof typeof statusCodes;

/** By their W3C names. */
export const algorithms = {
  exclusive: "http://www.w3.org/2001/10/xml-exc-c14n#",
  enveloped: "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
  sha256: "http://www.w3.org/2001/04/xmlenc#sha256",
  sha512: "http://www.w3.org/2001/04/xmlenc#sha512",
  rsaSha256: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  rsaSha512: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
  aes256Gcm: "http://www.w3.org/2009/xmlenc11#aes256-gcm",
  sha1: "http://www.w3.org/2000/09/xmldsig#sha1",
  rsaOaep: "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
} as const;
