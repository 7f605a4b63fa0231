import { concatBytes } from "../../bytes/bytes.ts";
import type { FailureCode } from "../../errors/catalogue.ts";
import { Failure } from "../../errors/failure.ts";
import type { CardTransport } from "../card-transport.ts";
import { exchange } from "../exchange.ts";
import { refusal, type StatusWord, success, triesLeftIn } from "../status-word.ts";
import { pinBlock } from "./pin-block.ts";
import type { PinFormat } from "./pin-format.ts";
import type { PinSource } from "./pin-pad.ts";

/** ISO 7816-4 section 11.5: the PIN that a command is about, and how it is written. */
export interface PinReference {
  readonly cla: number;
  readonly reference: number;
  readonly format: PinFormat;
}

/** PC/SC part 10, 2.5.2: what the reader itself answers where it sent the card nothing. */
const padFailures: Readonly<Record<StatusWord, FailureCode>> = {
  25600: "pin-entry-timed-out",
  25601: "pin-entry-cancelled",
  25602: "pin-malformed",
  25603: "pin-malformed",
};
const blocked = 0x6983;
const invalidated = 0x6984;

/** VERIFY, once. Rejects with `pin-wrong` (tries left), `pin-blocked`, `pin-malformed`, and what a PIN pad rejects with. */
export async function verifyPin(transport: CardTransport, pin: PinReference, source: PinSource): Promise<void> {
  const command = { cla: pin.cla, ins: 0x20, p1: 0, p2: pin.reference };
  if (source === "on-reader") {
    if (transport.pinPad === undefined) throw new Failure("reader-without-pin-pad");
    const status = await transport.pinPad.verify({ ...command, format: pin.format });
    const unsent = padFailures[status];
    if (unsent !== undefined) throw new Failure(unsent);
    judgePin(status, "VERIFY");
    return;
  }
  const data = pinBlock(pin.format, source);
  const { status } = await exchange(transport, { ...command, data }, false).finally(() => data.fill(0));
  judgePin(status, "VERIFY");
}

/** CHANGE REFERENCE DATA with the old PIN and the new one. Rejects as `verifyPin` does; the tries are the old PIN's. */
export async function changePin(
  transport: CardTransport,
  { cla, reference, format }: PinReference,
  pin: Uint8Array,
  newPin: Uint8Array,
): Promise<void> {
  const status = await sendTwo(transport, { cla, ins: 0x24, p2: reference }, [format, pin], [format, newPin]);
  judgePin(status, "CHANGE REFERENCE DATA");
}

/** The same for cards that take the new PIN alone (P1 = 01) once the old one is verified. */
export async function verifyThenChangePin(
  transport: CardTransport,
  pin: PinReference,
  oldPin: Uint8Array,
  newPin: Uint8Array,
): Promise<void> {
  const data = pinBlock(pin.format, newPin);
  try {
    await verifyPin(transport, pin, oldPin);
    const command = { cla: pin.cla, ins: 0x24, p1: 1, p2: pin.reference, data };
    judgePin((await exchange(transport, command, false)).status, "CHANGE REFERENCE DATA");
  } finally {
    data.fill(0);
  }
}

/**
 * RESET RETRY COUNTER with the unblocking code and a new PIN. Rejects with `unblocking-code-wrong` (its own tries left),
 * `unblocking-code-blocked`, `pin-malformed`.
 */
export async function unblockPin(
  transport: CardTransport,
  { cla, reference, format }: PinReference,
  [codeFormat, code]: readonly [PinFormat, Uint8Array],
  newPin: Uint8Array,
): Promise<void> {
  const status = await sendTwo(transport, { cla, ins: 0x2c, p2: reference }, [codeFormat, code], [format, newPin]);
  const triesLeft = triesLeftIn(status);
  if (isBlocked(status) || triesLeft === 0) throw new Failure("unblocking-code-blocked", { triesLeft: 0 });
  if (triesLeft !== undefined) throw new Failure("unblocking-code-wrong", { triesLeft });
  if (status !== success) throw refusal(status, "RESET RETRY COUNTER");
}

/** What the answer to an empty VERIFY tells; it costs no try. `undefined`: nothing, e.g. a PIN that is verified already. */
export function triesLeftByStatus(status: StatusWord): number | undefined {
  return isBlocked(status) ? 0 : triesLeftIn(status);
}

/** Turns the answer to a command that presented the PIN into the failure that it tells of. */
export function judgePin(status: StatusWord, what: string): void {
  const triesLeft = triesLeftByStatus(status);
  if (triesLeft === 0) throw new Failure("pin-blocked", { triesLeft });
  if (triesLeft !== undefined) throw new Failure("pin-wrong", { triesLeft });
  if (status !== success) throw refusal(status, what);
}

function isBlocked(status: StatusWord): boolean {
  return status === blocked || status === invalidated;
}

type Secret = readonly [PinFormat, Uint8Array];

/** Wipes its own copies. */
async function sendTwo(
  transport: CardTransport,
  command: { readonly cla: number; readonly ins: number; readonly p2: number },
  ...[[oneFormat, one], [otherFormat, other]]: readonly [Secret, Secret]
): Promise<StatusWord> {
  const first = pinBlock(oneFormat, one);
  const parts = [first];
  try {
    parts.push(pinBlock(otherFormat, other));
    parts.push(concatBytes(...parts));
    const answer = await exchange(transport, { ...command, p1: 0, data: parts.at(-1) ?? first }, false);
    return answer.status;
  } finally {
    for (const part of parts) part.fill(0);
  }
}
