import type { StatusWord } from "../status-word.ts";
import type { PinFormat } from "./pin-format.ts";

/** A command whose data the reader itself makes, of what is typed on its keys. */
export interface PinPadCommand {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly format: PinFormat;
}

/**
 * A reader with keys of its own (PC/SC part 10): the PIN goes from them to the card and never reaches the computer. Answers
 * the card's status word, or the reader's own where it sent nothing: 6400 timed out, 6401 cancelled, 6402 and 6403 not a PIN.
 */
export interface PinPad {
  verify(command: PinPadCommand): Promise<StatusWord>;
}

/** Where the digits come from: typed at the workstation (ASCII, wiped by the caller), or on the reader's own keys. */
export type PinSource = Uint8Array | "on-reader";
