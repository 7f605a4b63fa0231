import { writeDataObject } from "../../../../core/card/ber-tlv.ts";
import type { CardNode } from "./file-tree.ts";

const always = Uint8Array.of(0x8c, 0x08, 0xff, 0, 0, 0, 0, 0, 0, 0);

/** What SELECT answers of a file or folder (FCP, ISO 7816-4 section 7.4.3). */
export function controlParameters(node: CardNode): Uint8Array {
  const id = writeDataObject(0x83, Uint8Array.of(node.id >> 8, node.id & 0xff));
  const rules = writeDataObject(0xa1, always);
  const alive = writeDataObject(0x8a, Uint8Array.of(0x05));
  if (node.kind === "folder") {
    const name = node.name === undefined ? [] : [writeDataObject(0x84, node.name)];
    return writeDataObject(0x62, writeDataObject(0x82, Uint8Array.of(0x38)), id, ...name, alive, rules);
  }
  const { length } = node.content;
  const size = writeDataObject(0x80, Uint8Array.of(length >> 8, length & 0xff));
  return writeDataObject(0x62, size, writeDataObject(0x82, Uint8Array.of(0x01)), id, alive, rules);
}
