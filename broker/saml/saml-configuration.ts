import { z } from "zod";
import { serviceProvider } from "./service-provider.ts";
import { subjectClaims } from "./subject-claims.ts";

/** What the application knows the holder by. */
const nameId = z.discriminatedUnion("format", [
  /** Another number for every application, the same at every sign-in; or the holder's PS_IdNat. */
  z.strictObject({ format: z.literal("persistent"), value: z.enum(["pairwise", "national-identifier"]) }),
  /** Another number at every sign-in. */
  z.strictObject({ format: z.literal("transient") }),
  /** PS_IdNat at this domain. */
  z.strictObject({ format: z.literal("emailAddress"), domain: z.string().regex(/^[a-z0-9.-]{1,200}$/i) }),
  /** PS_IdNat. */
  z.strictObject({ format: z.literal("unspecified") }),
]);
export type NameIdSettings = z.infer<typeof nameId>;

/** An application that signs in by SAML 2.0 (docs/saml.md). */
export const samlConfiguration = z
  .strictObject({
    /** What its metadata say: the file, relative to the configuration's folder, read when the broker starts. */
    metadata: z.string().optional(),
    /** The same, written here. */
    serviceProvider: serviceProvider.optional(),
    nameId: nameId.default({ format: "persistent", value: "pairwise" }),
    /** Name of the attribute, and which of our claims is in it; absent: every claim under its own name. */
    attributes: z.record(z.string().min(1).max(200), z.enum(subjectClaims)).optional(),
    /** Assertions are encrypted for the service provider's certificate. */
    encryptAssertions: z.boolean().default(false),
    /** The portal opens this address, and the application asks for the sign-in. Absent: the portal brings the assertion unasked. */
    startUri: z.url({ protocol: /^https?$/ }).optional(),
    /** Given to the application with an assertion that it did not ask for. */
    relayState: z.string().max(1024).optional(),
  })
  .superRefine(({ metadata, serviceProvider, encryptAssertions }, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if ((metadata === undefined) === (serviceProvider === undefined))
      complain("serviceProvider", "either this or metadata");
    if (encryptAssertions && serviceProvider !== undefined && serviceProvider.encryptionCertificate === undefined)
      complain("encryptAssertions", "there is no encryptionCertificate");
  });
export type SamlConfiguration = z.infer<typeof samlConfiguration>;
