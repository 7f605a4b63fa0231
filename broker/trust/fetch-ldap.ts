import { connect, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { Client } from "ldapts";
import { Failure } from "../../core/errors/failure.ts";
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
  const { server, name, attribute, scope, filter } = asked;
  let seen = 0;
  /** Counts what comes, since the library gathers a whole answer before it shows any of it. */
  const end = endOf(limits);
  const bound = (line: Socket): void => {
    end.addEventListener("abort", () => line.destroy(new Error("ended")), { once: true });
    line.on("data", part => {
      seen += part.length;
      if (seen > limits.largestBytes) line.destroy(new Error("too large"));
    });
  };
  const client = new Client({
    url: server,
    timeout: limits.timeoutMs,
    connectTimeout: limits.timeoutMs,
    strictDN: false,
    createConnection: ((port: number, host: string) => {
      const line = connect(port, host);
      bound(line);
      return line;
    }) as typeof connect,
    createSecureConnection: ((port: number, host: string, options: ConnectionOptions) => {
      const line = connectTls(port, host, options);
      bound(line);
      return line;
    }) as typeof connectTls,
  });
  try {
    const { searchEntries } = await client.search(name, {
      scope,
      filter,
      attributes: [attribute],
      explicitBufferAttributes: [attribute],
      sizeLimit: 2,
      timeLimit: Math.ceil(limits.timeoutMs / 1000),
    });
    const value = valueIn(searchEntries, attribute);
    if (value === undefined) throw new Error(`no ${attribute} at ${name}`);
    if (seen > limits.largestBytes) throw new Error("too large");
    return value;
  } catch (problem) {
    const code = seen > limits.largestBytes ? "revocation-data-unreadable" : "revocation-source-unreachable";
    throw new Failure(code, { detail: `${address}: ${String(problem)}`, cause: problem });
  } finally {
    await client.unbind().catch(() => {});
  }
}

/** Directories answer an attribute in their own spelling. */
function valueIn(entries: readonly Record<string, unknown>[], attribute: string): Uint8Array | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/;binary$/, "");
  for (const entry of entries) {
    for (const [name, value] of Object.entries(entry)) {
      if (plain(name) !== plain(attribute)) continue;
      const first: unknown = Array.isArray(value) ? value[0] : value;
      if (first instanceof Uint8Array) return first;
    }
  }
  return undefined;
}
