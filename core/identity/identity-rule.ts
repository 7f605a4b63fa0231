import { z } from "zod";

/** What a certificate can say of its holder. Names of members follow Pro Santé Connect where it has one. */
export const identityMembers = [
  "subjectNameId",
  "register",
  "givenName",
  "familyName",
  "professionCode",
  "futureProfessionCode",
  "profession",
  "speciality",
  "organization",
  "organizationId",
  "organizationRegister",
  "cardFamily",
  "cardNumber",
  "userPrincipalName",
  "testMark",
  "serviceMark",
] as const;
export type IdentityMember = (typeof identityMembers)[number];

const oid = z.string().regex(/^[0-2](\.(0|[1-9]\d{0,15})){1,30}$/, "an object identifier in dotted form");

const pattern = z.string().max(500).refine(compiles, "a regular expression");

/** Where a value stands in a certificate. */
const source = z.discriminatedUnion("kind", [
  /** An attribute of the subject's or of the issuer's name, by OID, wherever in the name it stands. */
  z.strictObject({ kind: z.literal("subject"), attribute: oid }),
  z.strictObject({ kind: z.literal("issuer"), attribute: oid }),
  /** An extension's value as a non-negative number, as text, or as the hexadecimal digits of its whole DER. */
  z.strictObject({ kind: z.literal("extension"), oid, as: z.enum(["number", "text", "hex"]) }),
  /** Alternative names: an otherName by its type (a user principal name is 1.3.6.1.4.1.311.20.2.3), e-mail, URI. */
  z.strictObject({ kind: z.literal("other-name"), type: oid }),
  z.strictObject({ kind: z.literal("email") }),
  z.strictObject({ kind: z.literal("uri") }),
  /** A part of the German admission extension 1.3.36.8.3.3. */
  z.strictObject({
    kind: z.literal("admission"),
    part: z.enum(["profession-item", "profession-oid", "registration-number"]),
  }),
  /** The same for every certificate of the domain. */
  z.strictObject({ kind: z.literal("constant"), value: z.string().min(1).max(128) }),
]);
export type IdentitySource = z.output<typeof source>;

const rule = z.strictObject({
  /** How the test tool calls it. */
  name: z.string().min(1).max(80),
  member: z.enum(identityMembers),
  from: source,
  /** The whole value has to match; the first group, where there is one, is what is taken. */
  pattern: pattern.optional(),
  /** Put before the value: keeps the identifiers of two authorities apart. */
  prefix: z.string().max(40).optional(),
  /** Words for codes; a code that is not in it is taken as it is. */
  words: z.record(z.string(), z.string()).optional(),
});
export type IdentityRule = z.output<typeof rule>;

/** How certificates of one trust domain name a person. Of the rules for a member, the first that gives a value counts. */
export const identityProfile = z.strictObject({
  name: z.string().min(1).max(80),
  rules: z.array(rule).min(1).max(200),
  /** Families in which a card may belong to a service: one without given and family name is nobody's own. */
  serviceFamilies: z.array(z.string()).default([]),
});
export type IdentityProfile = z.output<typeof identityProfile>;

function compiles(text: string): boolean {
  try {
    patternOf(text);
    return true;
  } catch {
    return false;
  }
}

export function patternOf(text: string): RegExp {
  return new RegExp(`^(?:${text})$`, "u");
}
