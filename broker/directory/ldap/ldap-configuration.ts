import { FilterParser } from "ldapts";
import { z } from "zod";

const attribute = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,100}$/);
const filter = z
  .string()
  .refine(
    isFilter,
    "no filter as RFC 4515 writes it, or one with escaped letters, which are to be written as they are",
  );
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Which attributes hold what; absent ones are those of the schema (docs/directory-ldap.md). */
const peopleAttributes = z.strictObject({
  /** PS_IdNat. */
  holder: attribute.optional(),
  account: attribute.optional(),
  displayName: attribute.optional(),
  mail: attribute.optional(),
  /** Names the entry of the person above. */
  manager: attribute.optional(),
  /** As Accept-Language is written. */
  language: attribute.optional(),
  /** When the account ends. */
  activeUntil: attribute.optional(),
});

/** A person is disabled who has this attribute, with this value where one is given. */
const disabledWhen = z.strictObject({ attribute, value: z.string().optional() });
export type DisabledWhen = z.output<typeof disabledWhen>;

/** An LDAP directory or Active Directory. */
export const ldapSource = z
  .strictObject({
    id: z.string(),
    kind: z.literal("ldap"),
    /** Asked in this order: the next one where one does not answer. */
    servers: z
      .array(z.url({ protocol: /^ldaps?$/ }))
      .min(1)
      .max(10),
    /** Encrypts connections to `ldap://` addresses before anything is said on them. */
    startTls: z.boolean().default(false),
    /** PEM of the authorities that the servers' certificates come from; absent: those that Node comes with. */
    authorities: z.string().optional(),
    bindName: z.string().min(1),
    /** The password is the first line of this file. */
    bindPasswordFile: z.string(),
    schema: z.enum(["active-directory", "inet-org-person"]),
    people: z.strictObject({
      base: z.string().min(1),
      filter: filter.optional(),
      attributes: peopleAttributes.default({}),
      disabledWhen: z.array(disabledWhen).max(20).optional(),
    }),
    /** Absent: this source gives no groups. */
    groups: z
      .strictObject({ base: z.string().min(1), filter: filter.optional(), nameAttribute: attribute.default("cn") })
      .optional(),
    intervalSeconds: z.number().min(0.2).max(86_400).default(60),
    /** Everything is read again this often, which is how a deleted entry shows where nothing else shows it. */
    everythingHours: z.number().min(0.01).max(168).default(6),
    /** How long a server may take for one answer, a page of 500 entries being one. */
    answerSeconds: z.number().min(0.1).max(120).default(15),
  })
  .refine(({ servers, startTls }) => startTls || servers.every(isProtected), {
    path: ["servers"],
    message: "an ldap:// address needs startTls: true, as the password would cross the network as it is",
  });
export type LdapSourceConfiguration = z.output<typeof ldapSource>;

function isProtected(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "ldaps:" || loopback.test(hostname);
}

function isFilter(text: string): boolean {
  try {
    FilterParser.parseString(text);
    // The parser adds parentheses around, and misses none at the end; inside values they are written \28 and \29.
    const balanced = text.startsWith("(") && text.split("(").length === text.split(")").length;
    // It reads each escaped octet as a letter of its own, and would ask for another word than was meant.
    return balanced && !/\\[89a-f][0-9a-f]/i.test(text);
  } catch {
    return false;
  }
}
