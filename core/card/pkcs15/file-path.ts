import { toHex } from "../../bytes/hex.ts";
import { type DataObject, findValue, readDataObjects } from "../ber-tlv.ts";

/** Where something stands on the card (ISO/IEC 7816-15, Path): file identifiers from the MF (3F00…) or from the application. */
export interface FilePath {
  readonly path: Uint8Array;
  /** First byte within the file. */
  readonly index: number;
  /** Bytes from there; `undefined`: to the end of the file. */
  readonly length: number | undefined;
  /** By which READ BINARY may name it while its folder is current (ISO 7816-4, 7.3.1): 1 to 30. */
  readonly shortIdentifier?: number;
}

const longestPath = 16;

/** Reads a Path's members; `undefined` where they are none. */
export function readPath(members: readonly DataObject[]): FilePath | undefined {
  const path = findValue(members, 0x04);
  if (path === undefined || path.length === 0 || path.length % 2 !== 0 || path.length > longestPath) return undefined;
  const index = findValue(members, 0x02);
  const length = findValue(members, 0x80);
  return {
    path,
    index: index === undefined ? 0 : numberOf(index),
    length: length === undefined ? undefined : numberOf(length),
  };
}

/** The Path in a SEQUENCE's content. */
export function readPathIn(sequence: Uint8Array | undefined): FilePath | undefined {
  return sequence === undefined ? undefined : readPath(readDataObjects(sequence));
}

/** Names the file and the part of it, for keeping what was read. */
export function nameOf({ path, index, length }: FilePath): string {
  return `${toHex(path)}+${index}:${length ?? "end"}`;
}

/** An INTEGER's value; more than four bytes of it mean nothing on a card. */
export function numberOf(integer: Uint8Array): number {
  return integer.subarray(0, 5).reduce((value, byte) => value * 256 + byte, 0);
}
