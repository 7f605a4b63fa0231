import { X509Certificate } from "node:crypto";
import { z } from "zod";

/** A certificate in PEM; what counts in it is its RSA key, as in every SAML metadata: its dates and its issuer do not. */
const certificate = z.string().refine(hasRsaKey, "no certificate with an RSA key of 2048 bits or more");

const endpoint = z.strictObject({ url: z.url({ protocol: /^https?$/ }) });

/** What an application says of itself as a service provider: what its metadata would say (saml-metadata-2.0-os, section 2.4.4). */
export const serviceProvider = z
  .strictObject({
    entityId: z.string().min(1).max(1024),
    /** Where assertions may go, by HTTP-POST, and nowhere else. */
    assertionConsumerServices: z
      .array(
        endpoint.extend({ index: z.number().int().min(0).max(65_535).optional(), default: z.boolean().optional() }),
      )
      .min(1),
    /** Where it is told of a sign-out: `soap` by the broker itself, the others through the browser. */
    singleLogoutServices: z.array(endpoint.extend({ binding: z.enum(["redirect", "post", "soap"]) })).default([]),
    /** With what it signs; more than one while it changes its key. */
    signingCertificates: z.array(certificate).default([]),
    /** For whom its assertions are encrypted. */
    encryptionCertificate: certificate.optional(),
    /** It signs every request: one without a signature is refused. */
    requestsSigned: z.boolean().default(false),
  })
  .superRefine(({ requestsSigned, signingCertificates }, context) => {
    if (requestsSigned && signingCertificates.length === 0)
      context.addIssue({ code: "custom", path: ["signingCertificates"], message: "needed to check signed requests" });
  });
export type ServiceProvider = z.infer<typeof serviceProvider>;

/** Where an assertion goes that nobody asked for. */
export function defaultConsumer({ assertionConsumerServices }: ServiceProvider): string {
  const [first] = assertionConsumerServices;
  const chosen = assertionConsumerServices.find(service => service.default === true) ?? first;
  if (chosen === undefined) throw new Error("the schema asks for one");
  return chosen.url;
}

function hasRsaKey(pem: string): boolean {
  try {
    const { publicKey } = new X509Certificate(pem);
    return publicKey.asymmetricKeyType === "rsa" && (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  } catch {
    return false;
  }
}
