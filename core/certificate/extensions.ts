import { type DerElement, DerProblem, DerReader } from "./der-reader.ts";
import { readBoolean, readObjectIdentifier } from "./der-values.ts";

export interface ReadExtension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export type ReadExtensions = ReadonlyMap<string, ReadExtension>;

/** Extensions inside their explicit tag. RFC 5280, 4.2: each at most once. */
export function readExtensions(wrapper: DerElement | undefined): ReadExtensions {
  return wrapper === undefined ? new Map() : readExtensionList(DerReader.single(wrapper.content, 0x30).content);
}

/** The content of an Extensions sequence. */
export function readExtensionList(content: Uint8Array): ReadExtensions {
  const extensions = new Map<string, ReadExtension>();
  const list = new DerReader(content);
  if (list.atEnd) throw new DerProblem("empty extensions");
  while (!list.atEnd) {
    const one = new DerReader(list.read(0x30).content);
    const oid = readObjectIdentifier(one.read(0x06));
    const flag = one.optional(0x01);
    const critical = flag === undefined ? false : readBoolean(flag);
    const value = one.read(0x04).content;
    one.end();
    if (flag !== undefined && !critical) throw new DerProblem("default value written");
    if (extensions.has(oid)) throw new DerProblem(`extension ${oid} twice`);
    extensions.set(oid, { critical, value });
  }
  return extensions;
}

/** The first critical extension that is not among those understood. */
export function unknownCritical(extensions: ReadExtensions, understood: ReadonlySet<string>): string | undefined {
  for (const [oid, { critical }] of extensions) if (critical && !understood.has(oid)) return oid;
  return undefined;
}
