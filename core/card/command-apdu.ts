import { concatBytes } from "../bytes/bytes.ts";

/** A command to the card, ISO 7816-4 section 5. */
export interface CardCommand {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data?: Uint8Array;
  /** Most bytes wanted back; absent: none. 256 asks for all that a short answer can hold, 65536 for all of an extended one. */
  readonly expected?: number;
}

/** ISO 7816-4 section 5.1: short where it fits and is wanted, extended otherwise. */
export function encodeCommand(command: CardCommand, extended: boolean): Uint8Array<ArrayBuffer> {
  const { cla, ins, p1, p2, data, expected } = command;
  const header = Uint8Array.of(cla, ins, p1, p2);
  const body = data === undefined || data.length === 0 ? undefined : data;
  if (!extended) {
    const lc = body === undefined ? [] : [body.length];
    const le = expected === undefined ? [] : [expected & 0xff];
    return concatBytes(header, Uint8Array.from(lc), body ?? new Uint8Array(), Uint8Array.from(le));
  }
  const lc = body === undefined ? [] : [0, body.length >> 8, body.length & 0xff];
  // Without data, the extended Le brings the leading zero itself.
  const lead = body === undefined ? [0] : [];
  const le = expected === undefined ? [] : [...lead, (expected >> 8) & 0xff, expected & 0xff];
  return concatBytes(header, Uint8Array.from(lc), body ?? new Uint8Array(), Uint8Array.from(le));
}
