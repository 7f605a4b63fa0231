/**
 * The few globals that every JavaScript runtime of ours has (Node, Electron, Chromium) and that are not part of
 * the ECMAScript library. Nothing else of Node or the DOM is visible in this room.
 */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, into: Uint8Array): { readonly read: number; readonly written: number };
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array): string;
}
