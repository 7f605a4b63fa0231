import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { algorithms } from "./names.ts";
import { readXml, refused, type XmlElement } from "./read-xml.ts";
import type { SigningKey } from "./saml-keys.ts";
import { isSigned } from "./verify-xml.ts";
import type { Markup } from "./write-xml.ts";

/** A message that came in an address's query (saml-bindings-2.0-os, section 3.4). */
export interface RedirectedMessage {
  readonly message: XmlElement;
  readonly relayState: string | undefined;
  /** Absent: it is not signed. */
  readonly signature: { readonly over: string; readonly algorithm: string; readonly value: Uint8Array } | undefined;
}

const longestMessage = 64 * 1024;
const parameters = ["SAMLRequest", "RelayState", "SigAlg", "Signature"];
const hashes: Readonly<Record<string, string>> = { [algorithms.rsaSha256]: "sha256", [algorithms.rsaSha512]: "sha512" };

/** `query`: as it stood in the address. Throws `saml-message-refused`. */
export function readRedirect(query: string): RedirectedMessage {
  const raw = new Map<string, string>();
  for (const pair of query.split("&")) {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    if (!parameters.includes(name)) continue;
    // Of two, the signature would cover one and a reader take the other.
    if (raw.has(name)) throw refused(`it has two ${name}`);
    raw.set(name, value);
  }
  const value = (name: string) => decoded(raw.get(name));
  const message = readXml(inflated(Buffer.from(value("SAMLRequest") ?? "", "base64")));
  // Section 3.4.4.1: in this binding the signature stands in the address, and only there.
  if (isSigned(message)) throw refused("it is signed inside");
  const [signature, algorithm] = [value("Signature"), value("SigAlg")];
  if ((signature === undefined) !== (algorithm === undefined)) throw refused("its signature is not whole");
  const over = ["SAMLRequest", "RelayState", "SigAlg"]
    .filter(name => raw.has(name))
    .map(name => `${name}=${raw.get(name)}`)
    .join("&");
  return {
    message,
    relayState: value("RelayState"),
    signature:
      signature === undefined || algorithm === undefined
        ? undefined
        : { over, algorithm, value: Buffer.from(signature, "base64") },
  };
}

/** Throws `saml-message-refused` where no key of the sender's has made this signature, or SHA-1 was its hash. */
export function verifyRedirect(
  { over, algorithm, value }: NonNullable<RedirectedMessage["signature"]>,
  certificates: readonly string[],
): void {
  const hash = hashes[algorithm];
  if (hash === undefined) throw refused("its signature's algorithm is not taken");
  if (!certificates.some(certificate => verify(hash, Buffer.from(over), createPublicKey(certificate), value)))
    throw refused("its signature is not that of a key of its sender");
}

/** The address that takes an answer of ours to its reader, signed. */
export function redirectWith(answer: Markup, to: string, relayState: string | undefined, { key }: SigningKey): string {
  const query = new URLSearchParams({ SAMLResponse: deflateRawSync(answer.text).toString("base64") });
  if (relayState !== undefined) query.set("RelayState", relayState);
  query.set("SigAlg", algorithms.rsaSha256);
  query.set("Signature", sign("sha256", Buffer.from(query.toString()), createPrivateKey(key)).toString("base64"));
  return `${to}${to.includes("?") ? "&" : "?"}${query}`;
}

function decoded(value: string | undefined): string | undefined {
  try {
    return value === undefined ? undefined : decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    throw refused("its query is not encoded as an address");
  }
}

/** A few bytes can hold gigabytes: what grows past the bound is given up. */
function inflated(bytes: Uint8Array): string {
  try {
    return inflateRawSync(bytes, { maxOutputLength: longestMessage }).toString("utf8");
  } catch {
    throw refused("it cannot be unpacked, or is too long");
  }
}
