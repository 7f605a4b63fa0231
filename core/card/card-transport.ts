import type { PinPad } from "./pin/pin-pad.ts";

/** The way to one card: command APDU in, response APDU (with its two status bytes) out. Rejections are `Failure`s. */
export interface CardTransport {
  /** Answer to reset, ISO 7816-3. */
  readonly atr: Uint8Array;
  /** The protocol in use, ISO 7816-3. */
  readonly protocol: "T=0" | "T=1";
  /** The reader's own keys, where it has any and they are to be used. */
  readonly pinPad?: PinPad;
  transmit(command: Uint8Array): Promise<Uint8Array>;
}
