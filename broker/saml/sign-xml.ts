import { SignedXml } from "xml-crypto";
import { algorithms } from "./names.ts";
import type { SigningKey } from "./saml-keys.ts";
import { Markup } from "./write-xml.ts";

/**
 * Signs an element that has an `ID`, with the signature inside it (saml-core-2.0-os, section 5): behind its issuer, or as the first
 * thing in metadata, which have none. RSA with SHA-256.
 */
export function signXml({ text }: Markup, { key, certificate }: SigningKey, place: "after-issuer" | "first"): Markup {
  const signed = new SignedXml({
    privateKey: key,
    publicCert: certificate,
    signatureAlgorithm: algorithms.rsaSha256,
    canonicalizationAlgorithm: algorithms.exclusive,
  });
  signed.addReference({
    xpath: "/*",
    transforms: [algorithms.enveloped, algorithms.exclusive],
    digestAlgorithm: algorithms.sha256,
  });
  const location =
    place === "first"
      ? ({ reference: "/*", action: "prepend" } as const)
      : ({ reference: "/*/*[local-name()='Issuer']", action: "after" } as const);
  signed.computeSignature(text, { prefix: "ds", location });
  return new Markup(signed.getSignedXml());
}
