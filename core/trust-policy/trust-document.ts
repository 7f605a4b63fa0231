import { z } from "zod";
import { fromBase64 } from "../bytes/base64.ts";
import { readCertificate } from "../certificate/certificate.ts";
import { DerProblem } from "../certificate/der-reader.ts";
import { identityProfiles } from "../identity/identity-profiles.ts";
import { type IdentityProfile, identityProfile } from "../identity/identity-rule.ts";
import { proofKeys } from "../proof/proof-purpose.ts";

const oid = z.string().regex(/^[0-2](\.(0|[1-9]\d{0,15})){1,30}$/, "an object identifier in dotted form");

/** DER in base64. */
const certificate = z.string().max(200_000).refine(isCertificate, "a certificate: the base64 of its DER");

const trustAnchor = z.strictObject({
  certificate,
  /** Which of a card's keys a path to this anchor is good for. */
  purposes: z
    .array(z.enum(proofKeys))
    .min(1)
    .default([...proofKeys]),
  /** A path has to be good for at least one of these policies; none: any policy, or none, will do. */
  policies: z.array(oid).max(50).default([]),
});
export type TrustAnchor = z.output<typeof trustAnchor>;

/** What counts when the revocation data are past their nextUpdate. */
const whenOld = z.discriminatedUnion("rule", [
  z.strictObject({ rule: z.literal("deny") }),
  /** Sign-ins go on for so many hours past nextUpdate; each is marked in the trail. */
  z.strictObject({ rule: z.literal("allow"), hours: z.number().int().min(1).max(168) }),
]);

const sourceAddress = z.url({ protocol: /^(https?|ldaps?|file)$/ });

export const revocationPolicy = z.strictObject({
  /** Where lists are fetched: http, https, ldap, ldaps (RFC 4516), file. */
  sources: z.array(sourceAddress).max(100).default([]),
  /** Also from the addresses that certificates of a verified path name (CRL distribution points, freshest CRL). */
  sourcesOfCertificates: z.boolean().default(true),
  /** Asks the OCSP responder that a certificate names, or this one, where no list decides. */
  ocsp: z
    .discriminatedUnion("use", [
      z.strictObject({ use: z.literal("never") }),
      z.strictObject({ use: z.literal("as-named") }),
      z.strictObject({ use: z.literal("at"), address: z.url({ protocol: /^https?$/ }) }),
    ])
    .default({ use: "as-named" }),
  whenOld: whenOld.default({ rule: "deny" }),
});

/** One authority with all that is believed of it, and how. Nothing of one domain counts in another. */
export const trustDomain = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  anchors: z.array(trustAnchor).min(1).max(50),
  /** Certificates between the anchors and the cards; not believed by themselves. */
  intermediates: z.array(certificate).max(200).default([]),
  keys: z.strictObject({ leastRsaBits: z.number().int().min(2048).max(8192).default(2048) }).prefault({}),
  /** Card families that may sign in, in the words of the identity rules; absent: all. */
  families: z.array(z.string().max(40)).min(1).optional(),
  /** How certificates name a person: rules that come with Wardkey, or rules of its own. */
  identity: z
    .union([z.enum(Object.keys(identityProfiles) as (keyof typeof identityProfiles)[]), identityProfile])
    .default("health-professional-fr"),
  revocation: revocationPolicy.prefault({}),
});
export type TrustDomain = z.output<typeof trustDomain>;

/** All that a broker trusts, as one document: what a bundle carries, and what the plain configuration is turned into. */
export const trustDocument = z.strictObject({
  /** Grows with each change: an older document is refused. 0 is the plain configuration. */
  version: z.number().int().min(0).max(2_000_000_000),
  domains: z
    .array(trustDomain)
    .min(1)
    .max(50)
    .refine(domains => new Set(domains.map(({ id }) => id)).size === domains.length, "two domains of one id"),
});
export type TrustDocument = z.output<typeof trustDocument>;
export type WrittenTrustDocument = z.input<typeof trustDocument>;

export function profileOf({ identity }: TrustDomain): IdentityProfile {
  return typeof identity === "string" ? identityProfiles[identity] : identity;
}

function isCertificate(text: string): boolean {
  const der = fromBase64(text);
  if (der === undefined) return false;
  try {
    readCertificate(der);
    return true;
  } catch (error) {
    if (error instanceof DerProblem) return false;
    throw error;
  }
}
