import { type DerElement, DerProblem, DerReader, membersOf } from "./der-reader.ts";
import { readObjectIdentifier, readString } from "./der-values.ts";
import { prepareName } from "./name-preparation.ts";

export interface ReadAttribute {
  readonly type: string;
  /** As written; `undefined` for a value that is no string. */
  readonly value: string | undefined;
}

/** A name as it can be compared and read. */
export interface DistinguishedName {
  /** As written: what OCSP hashes. Never compare by it. */
  readonly der: Uint8Array;
  /** Attributes in the order written; an RDN may hold several. */
  readonly rdns: readonly (readonly ReadAttribute[])[];
  /** One key for each RDN: equal for RDNs that are equal as sets of prepared values. */
  readonly rdnKeys: readonly string[];
  /** Equal for names that RFC 5280 section 7.1 calls equal: prepared values, RDNs as sets. */
  readonly key: string;
  readonly isEmpty: boolean;
}

export function readName(element: DerElement): DistinguishedName {
  if (element.tag !== 0x30) throw new DerProblem("name");
  const read = membersOf(element).map(rdn => {
    if (rdn.tag !== 0x31) throw new DerProblem("relative distinguished name");
    return readRdn(rdn.content);
  });
  const rdnKeys = read.map(rdn => rdn.key);
  return {
    der: element.whole,
    rdns: read.map(rdn => rdn.attributes),
    rdnKeys,
    key: rdnKeys.join(","),
    isEmpty: read.length === 0,
  };
}

/** The attributes of one RDN, from the content of its SET. */
export function readRdn(content: Uint8Array): { readonly attributes: readonly ReadAttribute[]; readonly key: string } {
  if (content.length === 0) throw new DerProblem("relative distinguished name");
  const reader = new DerReader(content);
  const attributes: ReadAttribute[] = [];
  const keys: string[] = [];
  while (!reader.atEnd) {
    const { type, value, key } = readAttribute(reader.read());
    attributes.push({ type, value });
    keys.push(key);
  }
  return { attributes, key: keys.sort().join("+") };
}

function readAttribute(element: DerElement): ReadAttribute & { readonly key: string } {
  if (element.tag !== 0x30) throw new DerProblem("attribute");
  const reader = new DerReader(element.content);
  const type = readObjectIdentifier(reader.read(0x06));
  const written = reader.read();
  reader.end();
  const isString = [0x0c, 0x13, 0x16, 0x12, 0x14, 0x1c, 0x1e].includes(written.tag);
  if (!isString) return { type, value: undefined, key: `${type}=#${written.whole.join(".")}` };
  const value = readString(written);
  return { type, value, key: `${type}=${JSON.stringify(prepareName(value))}` };
}

/** The first value of an attribute type, wherever in the name it stands. */
export function attributeOf(name: DistinguishedName, type: string): string | undefined {
  return name.rdns.flat().find(attribute => attribute.type === type)?.value;
}
