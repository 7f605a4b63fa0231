import { type DerElement, DerProblem, DerReader, membersOf } from "./der-reader.ts";
import { readObjectIdentifier, readString } from "./der-values.ts";

export interface ReadAttribute {
  readonly type: string;
  /** As written; `undefined` for a value that is no string. */
  readonly value: string | undefined;
}

/** A name as it can be compared and read. */
export interface DistinguishedName {
  /** Attributes in the order written; an RDN may hold several. */
  readonly rdns: readonly (readonly ReadAttribute[])[];
  /** Equal for names that RFC 5280 section 7.1 calls equal: prepared values, RDNs as sets. */
  readonly key: string;
  readonly isEmpty: boolean;
}

export function readName(element: DerElement): DistinguishedName {
  if (element.tag !== 0x30) throw new DerProblem("name");
  const keys: string[] = [];
  const rdns = membersOf(element).map(rdn => {
    if (rdn.tag !== 0x31 || rdn.content.length === 0) throw new DerProblem("relative distinguished name");
    const attributes = membersOf(rdn).map(readAttribute);
    keys.push(
      attributes
        .map(attribute => attribute.key)
        .sort()
        .join("+"),
    );
    return attributes.map(({ type, value }) => ({ type, value }));
  });
  return { rdns, key: keys.join(","), isEmpty: rdns.length === 0 };
}

function readAttribute(element: DerElement): ReadAttribute & { readonly key: string } {
  if (element.tag !== 0x30) throw new DerProblem("attribute");
  const reader = new DerReader(element.content);
  const type = readObjectIdentifier(reader.read(0x06));
  const written = reader.read();
  reader.end();
  const isString = [0x0c, 0x13, 0x16, 0x12, 0x14, 0x1e].includes(written.tag);
  if (!isString) return { type, value: undefined, key: `${type}=#${written.whole.join(".")}` };
  const value = readString(written);
  return { type, value, key: `${type}=${JSON.stringify(prepared(value))}` };
}

/** String preparation of RFC 4518 as far as directory names need it: compatibility form, case, insignificant blanks. */
function prepared(value: string): string {
  return value.normalize("NFKC").toLowerCase().trim().replaceAll(/\s+/g, " ");
}

/** The first value of an attribute type, wherever in the name it stands. */
export function attributeOf(name: DistinguishedName, type: string): string | undefined {
  return name.rdns.flat().find(attribute => attribute.type === type)?.value;
}
