import { readFileSync } from "node:fs";
import { z } from "zod";
import { asFailure } from "../../core/errors/failure.ts";
import { type Binding, bindings, namespaces } from "./names.ts";
import { childrenOf, readXml, type XmlElement } from "./read-xml.ts";
import { type ServiceProvider, serviceProvider } from "./service-provider.ts";

const { metadata, signature } = namespaces;

/**
 * Reads a service provider's metadata (saml-metadata-2.0-os). Only the administrator who put the file there vouches for it: a
 * signature in it is not looked at. Throws an `Error` that names the file and what is wrong in it.
 */
export function readServiceProviderMetadata(file: string): ServiceProvider {
  try {
    // Metadata come with comments, which no message may have.
    return described(readXml(readFileSync(file, "utf8").replace(/<!--.*?-->/gs, "")));
  } catch (problem) {
    const why = problem instanceof z.ZodError ? z.prettifyError(problem) : (asFailure(problem).detail ?? "");
    throw new Error(`${file} cannot be used as a service provider's metadata: ${why}`);
  }
}

function described(root: XmlElement): ServiceProvider {
  const [role, another] = childrenOf(root, metadata, "SPSSODescriptor");
  if (root.namespace !== metadata || root.name !== "EntityDescriptor" || role === undefined || another !== undefined)
    throw new Error("it is not one EntityDescriptor with one SPSSODescriptor");
  const certificatesFor = (use: string) =>
    childrenOf(role, metadata, "KeyDescriptor")
      .filter(({ attributes }) => attributes["use"] === undefined || attributes["use"] === use)
      .flatMap(certificatesIn);
  const [encryptionCertificate] = certificatesFor("encryption");
  return serviceProvider.parse({
    entityId: root.attributes["entityID"],
    assertionConsumerServices: childrenOf(role, metadata, "AssertionConsumerService")
      .filter(({ attributes }) => attributes["Binding"] === bindings.post)
      .map(({ attributes }) => ({
        url: attributes["Location"],
        ...(attributes["index"] === undefined ? {} : { index: Number(attributes["index"]) }),
        default: isTrue(attributes["isDefault"]),
      })),
    singleLogoutServices: childrenOf(role, metadata, "SingleLogoutService").flatMap(({ attributes }) => {
      const binding = (Object.keys(bindings) as Binding[]).find(name => bindings[name] === attributes["Binding"]);
      return binding === undefined ? [] : [{ binding, url: attributes["ResponseLocation"] ?? attributes["Location"] }];
    }),
    signingCertificates: certificatesFor("signing"),
    ...(encryptionCertificate === undefined ? {} : { encryptionCertificate }),
    requestsSigned: isTrue(role.attributes["AuthnRequestsSigned"]),
  });
}

function certificatesIn(key: XmlElement): string[] {
  return childrenOf(key, signature, "KeyInfo")
    .flatMap(info => childrenOf(info, signature, "X509Data"))
    .flatMap(data => childrenOf(data, signature, "X509Certificate"))
    .map(({ text }) => `-----BEGIN CERTIFICATE-----\n${text.replace(/\s/g, "")}\n-----END CERTIFICATE-----\n`);
}

/** xs:boolean. */
export function isTrue(text: string | undefined): boolean {
  return text === "true" || text === "1";
}
