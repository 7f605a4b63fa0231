import { z } from "zod";
import { anyPolicy } from "../../core/certificate/policy-extensions.ts";

const mostDigits = 400_000_000;
/** DER in base64, padded and canonical. */
const der = z
  .string()
  .max(mostDigits)
  .transform((text, context) => {
    const bytes = Buffer.from(text, "base64");
    // Buffer forgives what is no base64.
    if (text !== "" && bytes.toString("base64") === text) return new Uint8Array(bytes);
    context.addIssue({ code: "custom", message: "not the base64 of anything" });
    return z.NEVER;
  });
const oid = z.string().regex(/^[0-2](\.(0|[1-9]\d{0,20})){1,62}$/, "not an object identifier");

/** Bits of KeyUsage by name (RFC 5280, 4.2.1.3); nonRepudiation is what contentCommitment was called before. */
const keyUsageBits = {
  digitalSignature: 0,
  contentCommitment: 1,
  nonRepudiation: 1,
  keyEncipherment: 2,
  dataEncipherment: 3,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
  encipherOnly: 7,
  decipherOnly: 8,
} as const;
const keyUsageName = z.enum(Object.keys(keyUsageBits) as (keyof typeof keyUsageBits)[]);

/** An absent member or `null` is the default. */
const orDefault = <Schema extends z.ZodType>(schema: Schema, value: z.output<Schema>) =>
  schema.nullish().transform(given => given ?? value);

const policies = z.object({
  initialPolicySet: orDefault(z.array(oid), [anyPolicy]),
  requireExplicitPolicy: orDefault(z.boolean(), false),
  inhibitPolicyMapping: orDefault(z.boolean(), false),
  inhibitAnyPolicy: orDefault(z.boolean(), false),
});
const algorithms = z.object({
  minRsaBits: orDefault(z.number().int().min(512).max(16_384), 2048),
  allowSha1: orDefault(z.boolean(), false),
  allowDsa: orDefault(z.boolean(), false),
});

/** What `wardkey cert verify` is asked; members that are not named here are ignored. */
export const verifyQuestion = z.object({
  trustAnchors: z.array(der),
  intermediates: orDefault(z.array(der), []),
  leaf: der,
  crls: orDefault(z.array(der), []),
  ocspResponses: orDefault(z.array(der), []),
  /** Now, where it is left out. */
  validationTime: z.iso.datetime({ offset: true }).nullish(),
  revocation: z.enum(["crl", "ocsp", "off"]),
  maxRevocationAgeSeconds: orDefault(z.number().min(0).nullable(), null),
  policies: orDefault(policies, policies.parse({})),
  requiredEku: orDefault(z.array(oid), []),
  requiredKeyUsage: orDefault(z.array(keyUsageName.transform(name => keyUsageBits[name])), []),
  maxIntermediates: orDefault(z.number().int().min(0).nullable(), null),
  trustAnchorsAreNameAndKey: orDefault(z.boolean(), false),
  algorithms: orDefault(algorithms, algorithms.parse({})),
});
export type VerifyQuestion = z.output<typeof verifyQuestion>;
