import { DerProblem, DerReader } from "./der-reader.ts";
import { readObjectIdentifier, readSmallInteger } from "./der-values.ts";

export const anyPolicy = "2.5.29.32.0";

/** Skip counts of RFC 5280, 4.2.1.11. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | undefined;
  readonly inhibitPolicyMapping: number | undefined;
}

/** Subject domain policies by issuer domain policy (RFC 5280, 4.2.1.5). */
export type PolicyMappings = ReadonlyMap<string, ReadonlySet<string>>;

/** The policies by OID (RFC 5280, 4.2.1.4); qualifiers decide nothing and are not read. */
export function readCertificatePolicies(value: Uint8Array): ReadonlySet<string> {
  const policies = new Set<string>();
  const list = new DerReader(DerReader.single(value, 0x30).content);
  while (!list.atEnd) {
    const one = new DerReader(list.read(0x30).content);
    const policy = readObjectIdentifier(one.read(0x06));
    one.optional(0x30);
    one.end();
    if (policies.has(policy)) throw new DerProblem(`policy ${policy} twice`);
    policies.add(policy);
  }
  if (policies.size === 0) throw new DerProblem("no policies");
  return policies;
}

export function readPolicyMappings(value: Uint8Array): PolicyMappings {
  const mappings = new Map<string, Set<string>>();
  const list = new DerReader(DerReader.single(value, 0x30).content);
  while (!list.atEnd) {
    const one = new DerReader(list.read(0x30).content);
    const issuerDomain = readObjectIdentifier(one.read(0x06));
    const subjectDomain = readObjectIdentifier(one.read(0x06));
    one.end();
    const known = mappings.get(issuerDomain) ?? new Set();
    mappings.set(issuerDomain, known.add(subjectDomain));
  }
  if (mappings.size === 0) throw new DerProblem("no policy mappings");
  return mappings;
}

export function readPolicyConstraints(value: Uint8Array): PolicyConstraints {
  const reader = new DerReader(DerReader.single(value, 0x30).content);
  const count = (tag: number) => {
    const element = reader.optional(tag);
    return element === undefined ? undefined : readSmallInteger({ ...element, tag: 0x02 });
  };
  const constraints = { requireExplicitPolicy: count(0x80), inhibitPolicyMapping: count(0x81) };
  reader.end();
  if (constraints.requireExplicitPolicy === undefined && constraints.inhibitPolicyMapping === undefined)
    throw new DerProblem("empty policy constraints");
  return constraints;
}

/** Certificates that may follow before anyPolicy counts no longer (RFC 5280, 4.2.1.14). */
export function readInhibitAnyPolicy(value: Uint8Array): number {
  return readSmallInteger(DerReader.single(value, 0x02));
}
