import { concatBytes } from "../bytes/bytes.ts";
import { Failure } from "../errors/failure.ts";
import type { CardTransport } from "./card-transport.ts";
import { type CardCommand, encodeCommand } from "./command-apdu.ts";
import { type StatusWord, success } from "./status-word.ts";

export interface CardAnswer {
  readonly data: Uint8Array;
  readonly status: StatusWord;
}

/** No object of any card family of ours is longer; a card that goes on is faulty or hostile. */
const longestAnswer = 65_536;
const mostPieces = 300;
const shortLimit = 255;

/**
 * Sends one command and collects its whole answer: command chaining where the data do not fit (ISO 7816-4, 5.3.3), GET
 * RESPONSE on `61xx`, once again with the right length on `6Cxx`. Bounded in bytes and rounds. A command that wants nothing
 * back, as each that carries a PIN, is never sent twice. `enough`: bytes of the answer after which what is left of it stays
 * on the card, which forgets it at the next command.
 */
export async function exchange(
  transport: CardTransport,
  command: CardCommand,
  extended: boolean,
  enough = Number.POSITIVE_INFINITY,
): Promise<CardAnswer> {
  let data = command.data ?? new Uint8Array();
  while (!extended && data.length > shortLimit) {
    const { cla, ins, p1, p2 } = command;
    const piece = { cla: cla | 0x10, ins, p1, p2, data: data.subarray(0, shortLimit) };
    const answer = await transmit(transport, encodeCommand(piece, false));
    if (answer.status !== 0x9000) return answer;
    data = data.subarray(shortLimit);
  }
  const last: CardCommand = { ...command, data };
  // T=0 has no room for a length that is wanted beside data (ISO 7816-3, 12.2.5): the card answers 61xx.
  const sent = transport.protocol === "T=0" && data.length > 0 ? withoutLength(last) : last;
  const first = await transmit(transport, encodeCommand(sent, extended));
  if (first.status >> 8 === 0x6c && sent.expected !== undefined) {
    return collect(
      transport,
      command.cla,
      await transmit(transport, encodeCommand({ ...last, expected: first.status & 0xff }, false)),
      enough,
    );
  }
  return collect(transport, command.cla, first, enough);
}

function withoutLength({ cla, ins, p1, p2, data = new Uint8Array() }: CardCommand): CardCommand {
  return { cla, ins, p1, p2, data };
}

async function collect(transport: CardTransport, cla: number, first: CardAnswer, enough: number): Promise<CardAnswer> {
  const pieces = [first.data];
  let { status } = first;
  let length = first.data.length;
  while (status >> 8 === 0x61) {
    if (length >= enough) return { data: concatBytes(...pieces), status: success };
    const left = (status & 0xff) === 0 ? shortLimit + 1 : status & 0xff;
    const more = { cla: cla & 0x03, ins: 0xc0, p1: 0, p2: 0, expected: Math.min(left, enough - length) };
    const next = await transmit(transport, encodeCommand(more, false));
    if (next.data.length === 0 && next.status >> 8 === 0x61) {
      throw new Failure("card-answer-malformed", { detail: "GET RESPONSE brings nothing and promises more" });
    }
    pieces.push(next.data);
    length += next.data.length;
    status = next.status;
    if (length > longestAnswer || pieces.length > mostPieces) {
      throw new Failure("card-answer-malformed", { detail: `answer longer than ${longestAnswer} bytes` });
    }
  }
  return { data: pieces.length === 1 ? first.data : concatBytes(...pieces), status };
}

/** Wipes the command: it may hold a PIN. */
async function transmit(transport: CardTransport, command: Uint8Array): Promise<CardAnswer> {
  const answer = await transport.transmit(command).finally(() => command.fill(0));
  const [high, low] = answer.subarray(-2);
  if (high === undefined || low === undefined || answer.length > longestAnswer + 2) {
    throw new Failure("card-answer-malformed", { detail: `answer of ${answer.length} bytes` });
  }
  return { data: answer.subarray(0, -2), status: (high << 8) | low };
}
