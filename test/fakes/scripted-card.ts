import { fromHex, toHex } from "../../core/bytes/hex.ts";
import type { CardTransport } from "../../core/card/card-transport.ts";

/** One exchange: what must come, what is answered, and what it means. Hexadecimal; blanks do not count. */
export interface ScriptedExchange {
  readonly what: string;
  readonly command: string;
  readonly answer: string;
}

const bytes = (hex: string): Uint8Array => {
  const read = fromHex(hex);
  if (read === undefined) throw new Error(`not hexadecimal: ${hex}`);
  return read;
};

/** A card that knows one conversation by heart, and complains about any other. */
export class ScriptedCard implements CardTransport {
  readonly atr: Uint8Array;
  readonly protocol: "T=0" | "T=1";
  readonly #script: readonly ScriptedExchange[];
  #at = 0;

  constructor(script: readonly ScriptedExchange[], atr = "3b00", protocol: "T=0" | "T=1" = "T=1") {
    this.#script = script;
    this.atr = bytes(atr);
    this.protocol = protocol;
  }

  get isOver(): boolean {
    return this.#at === this.#script.length;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const expected = this.#script[this.#at];
    const came = toHex(command);
    if (expected === undefined) throw new Error(`the conversation is over, but ${came} came`);
    if (came !== toHex(bytes(expected.command))) {
      throw new Error(`${expected.what}: ${came} came instead of ${expected.command}`);
    }
    this.#at += 1;
    return bytes(expected.answer);
  }
}

/** A card that answers as told, and keeps a copy of every command. */
export class RecordingCard implements CardTransport {
  readonly atr: Uint8Array;
  readonly protocol: "T=0" | "T=1";
  readonly commands: Uint8Array[] = [];
  readonly #answer: (command: Uint8Array, index: number) => Uint8Array;

  constructor(
    answer: (command: Uint8Array, index: number) => Uint8Array,
    atr: Uint8Array = bytes("3b00"),
    protocol: "T=0" | "T=1" = "T=1",
  ) {
    this.#answer = answer;
    this.atr = atr;
    this.protocol = protocol;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    this.commands.push(command.slice());
    return this.#answer(command, this.commands.length - 1);
  }
}
