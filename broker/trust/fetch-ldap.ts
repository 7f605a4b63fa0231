import { FilterParser, type SearchEntry } from "ldapts";
import { Failure } from "../../core/errors/failure.ts";
import { AnswerTooLarge, LdapConnection } from "../ldap/ldap-connection.ts";
import { endOf, type FetchLimits } from "./fetch-limits.ts";

/** What an LDAP address asks for (RFC 4516): `ldap://host/dn?attribute?scope?filter`. */
export interface LdapAddress {
  readonly server: string;
  readonly name: string;
  readonly attribute: string;
  readonly scope: "base" | "one" | "sub";
  readonly filter: string;
}

const defaultFilter = "(objectClass=*)";

/** `undefined` where it is no such address or names no attribute. */
export function readLdapAddress(address: string): LdapAddress | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host, pathname, search, username } = new URL(address);
  if ((protocol !== "ldap:" && protocol !== "ldaps:") || host === "" || username !== "") return undefined;
  const [attribute = "", scope = "", filter = ""] = search.slice(1).split("?").map(decode);
  const knownScope = (["base", "one", "sub"] as const).find(known => known === (scope === "" ? "base" : scope));
  const name = decode(pathname.slice(1));
  if (attribute === "" || attribute.includes(",") || knownScope === undefined || name === undefined) return undefined;
  // Authorities write filters without their parentheses.
  const written = filter === "" ? defaultFilter : filter.startsWith("(") ? filter : `(${filter})`;
  return { server: `${protocol}//${host}`, name, attribute, scope: knownScope, filter: written };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/**
 * The value that an LDAP address leads to. Rejects with `revocation-source-unreachable` where the directory does not answer or
 * has no such value, with `revocation-data-unreadable` where it sends more than the limit.
 */
export async function fetchLdap(address: string, limits: FetchLimits): Promise<Uint8Array> {
  const asked = readLdapAddress(address);
  if (asked === undefined)
    throw new Failure("revocation-source-unreachable", { detail: `${address}: no address of an LDAP value` });
  try {
    return await valueAt(asked, limits);
  } catch (problem) {
    const code = problem instanceof AnswerTooLarge ? "revocation-data-unreadable" : "revocation-source-unreachable";
    const words = problem instanceof Failure ? problem.detail : String(problem);
    throw new Failure(code, { detail: `${address}: ${words}`, cause: problem });
  }
}

async function valueAt(
  { server, name, attribute, scope, filter }: LdapAddress,
  limits: FetchLimits,
): Promise<Uint8Array> {
  const { largestBytes, timeoutMs } = limits;
  const search = {
    base: name,
    scope,
    filter: FilterParser.parseString(filter),
    attributes: [attribute],
    // Of several entries the first counts; a whole tree is nobody's list.
    mostEntries: 2,
  };
  const connection = await LdapConnection.open(
    {
      address: server,
      startTls: false,
      authorities: undefined,
      answerMs: timeoutMs,
      largestMessage: largestBytes,
      largestAnswer: largestBytes,
    },
    endOf(limits),
  );
  try {
    for await (const entry of connection.search(search)) {
      const value = valueIn(entry, attribute);
      if (value !== undefined) return value;
    }
    throw new Error(`no ${attribute} at ${name}`);
  } finally {
    await connection.close();
  }
}

/** Directories answer an attribute in their own spelling. */
function valueIn({ attributes }: SearchEntry, attribute: string): Uint8Array | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/;binary$/, "");
  return attributes.find(({ type }) => plain(type) === plain(attribute))?.parsedBuffers[0];
}
