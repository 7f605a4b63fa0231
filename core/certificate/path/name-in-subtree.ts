import type { DistinguishedName } from "../distinguished-name.ts";
import type { GeneralName } from "../general-name.ts";

/** `unreadable`: one of the two cannot be understood, so nothing may be concluded from them. */
export type Containment = "inside" | "outside" | "unreadable";

/**
 * Whether a name lies in the subtree below a base of the same form (RFC 5280, 4.2.1.10). `widely`: where a name stands for many
 * (a wildcard), it is enough that one of them does, as excluded subtrees need it.
 */
export function nameInSubtree(name: GeneralName, base: GeneralName, widely: boolean): Containment {
  switch (name.form) {
    case "directoryName":
      return base.form === "directoryName" ? directory(name.name, base.name) : "unreadable";
    case "dNSName":
      return base.form === "dNSName" ? host(name.text, base.text, widely) : "unreadable";
    case "rfc822Name":
      return base.form === "rfc822Name" ? mailbox(name.text, base.text) : "unreadable";
    case "uniformResourceIdentifier":
      return base.form === "uniformResourceIdentifier" ? resource(name.text, base.text) : "unreadable";
    case "iPAddress":
      return base.form === "iPAddress" ? address(name.bytes, base.bytes) : "unreadable";
    // No meaning of a subtree is defined for these, or none that we know.
    case "otherName":
    case "registeredID":
    case "x400Address":
    case "ediPartyName":
      return "unreadable";
    default:
      return name satisfies never;
  }
}

const answer = (isInside: boolean): Containment => (isInside ? "inside" : "outside");
const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

function directory(name: DistinguishedName, base: DistinguishedName): Containment {
  return answer(base.rdnKeys.every((rdn, index) => rdn === name.rdnKeys[index]));
}

function host(text: string, baseText: string, widely: boolean): Containment {
  const name = text.toLowerCase();
  const base = baseText.toLowerCase();
  const plain = name.startsWith("*.") ? name.slice(2) : name;
  if (!hostName.test(plain) || (base !== "" && !hostName.test(base))) return "unreadable";
  const isBelow = base === "" || name === base || name.endsWith(`.${base}`);
  // A wildcard reaches a base that stands where its star does.
  const reaches =
    widely && plain !== name && base.endsWith(`.${plain}`) && base.split(".").length === name.split(".").length;
  return answer(isBelow || reaches);
}

/** A base is a mailbox, a host, or with a leading period all hosts of a domain. Only the host is compared without case. */
function mailbox(text: string, base: string): Containment {
  const [local, domain, ...more] = text.split("@");
  const at = base.lastIndexOf("@");
  if (local === undefined || local === "" || domain === undefined || more.length > 0) return "unreadable";
  if (!hostName.test(domain.toLowerCase())) return "unreadable";
  if (at < 0) return hostOrDomain(domain, base);
  return at === 0
    ? "unreadable"
    : answer(local === base.slice(0, at) && domain.toLowerCase() === base.slice(at + 1).toLowerCase());
}

/** A base that is one host, or with a leading period all hosts below, and not that one itself. */
function hostOrDomain(text: string, baseText: string): Containment {
  const name = text.toLowerCase();
  const base = baseText.toLowerCase();
  if (base === "") return "inside";
  if (!hostName.test(base.startsWith(".") ? base.slice(1) : base)) return "unreadable";
  return answer(base.startsWith(".") ? name.endsWith(base) : name === base);
}

/** Only the host of an address counts; one without a host name cannot be inside or outside. */
function resource(text: string, base: string): Containment {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(text)?.[1];
  const named = authority
    ?.slice(authority.lastIndexOf("@") + 1)
    .replace(/:\d*$/, "")
    .toLowerCase();
  if (named === undefined || !hostName.test(named) || /^[\d.]+$/.test(named)) return "unreadable";
  return hostOrDomain(named, base);
}

/** The base is an address and a mask as long. */
function address(bytes: Uint8Array, base: Uint8Array): Containment {
  if ((bytes.length !== 4 && bytes.length !== 16) || (base.length !== 8 && base.length !== 32)) return "unreadable";
  const mask = base.subarray(base.length / 2);
  if (!/^1*0*$/.test([...mask].map(byte => byte.toString(2).padStart(8, "0")).join(""))) return "unreadable";
  if (base.length !== bytes.length * 2) return "outside";
  return answer(bytes.every((byte, index) => ((byte ^ (base[index] ?? 0)) & (mask[index] ?? 0)) === 0));
}
