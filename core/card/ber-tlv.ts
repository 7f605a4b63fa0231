import { concatBytes } from "../bytes/bytes.ts";
import { Failure } from "../errors/failure.ts";

/** A BER-TLV data object of ISO 7816-4 section 5.2.2. `tag` holds all tag bytes as one number, e.g. 0x5f2f. */
export interface DataObject {
  readonly tag: number;
  readonly value: Uint8Array;
}

function malformed(detail: string): Failure {
  return new Failure("card-answer-malformed", { detail });
}

/** The data objects that fill `bytes` from end to end. Tags of at most three bytes, definite lengths of at most three. */
export function readDataObjects(bytes: Uint8Array): DataObject[] {
  return [...dataObjectsOf(bytes, false)];
}

/** The same of the first bytes of something longer: what of the last object is there counts as its value. */
export function readLeadingObjects(bytes: Uint8Array): DataObject[] {
  const objects: DataObject[] = [];
  try {
    for (const object of dataObjectsOf(bytes, true)) objects.push(object);
  } catch {
    // A tag or a length that is cut short.
  }
  return objects;
}

function* dataObjectsOf(bytes: Uint8Array, mayBeCut: boolean): Generator<DataObject> {
  let at = 0;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw malformed("data object cut short");
    at += 1;
    return byte;
  };
  while (at < bytes.length) {
    let tag = next();
    if ((tag & 0x1f) === 0x1f) {
      let byte = next();
      tag = (tag << 8) | byte;
      if ((byte & 0x80) !== 0) {
        byte = next();
        tag = (tag << 8) | byte;
        if ((byte & 0x80) !== 0) throw malformed("tag longer than three bytes");
      }
    }
    let length = next();
    if (length === 0x80 || length > 0x83) throw malformed("length of a form that ISO 7816-4 forbids");
    if (length > 0x80) {
      const count = length & 0x7f;
      length = 0;
      for (let index = 0; index < count; index += 1) length = (length << 8) | next();
    }
    if (at + length > bytes.length && !mayBeCut) throw malformed("data object longer than what holds it");
    yield { tag, value: bytes.subarray(at, at + length) };
    at += length;
  }
}

/** The value of the first data object with this tag; `undefined` where there is none. */
export function findValue(objects: readonly DataObject[], tag: number): Uint8Array | undefined {
  return objects.find(object => object.tag === tag)?.value;
}

/** One data object as bytes, with the shortest length. */
export function writeDataObject(tag: number, ...values: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const value = concatBytes(...values);
  const tagBytes =
    tag > 0xffff ? [tag >> 16, (tag >> 8) & 0xff, tag & 0xff] : tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
  const { length } = value;
  const lengthBytes =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : length < 0x10000
          ? [0x82, length >> 8, length & 0xff]
          : [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return concatBytes(Uint8Array.from([...tagBytes, ...lengthBytes]), value);
}
