import type { DeskFrame } from "./desk-controls.ts";

const headLength = 5;

/** A picture for the page: one byte that counts the workstations, width and height as 16 bits each, then the JPEG. */
export function packFrame(workstation: number, frame: DeskFrame): Uint8Array {
  const message = new Uint8Array(headLength + frame.jpeg.length);
  const head = new DataView(message.buffer);
  head.setUint8(0, workstation);
  head.setUint16(1, frame.width);
  head.setUint16(3, frame.height);
  message.set(frame.jpeg, headLength);
  return message;
}

export function unpackFrame(message: ArrayBuffer): { workstation: number; frame: DeskFrame } {
  const head = new DataView(message);
  return {
    workstation: head.getUint8(0),
    frame: { width: head.getUint16(1), height: head.getUint16(3), jpeg: new Uint8Array(message, headLength) },
  };
}
