import { createConnection, type Socket } from "node:net";

/** A card as a reader sees it. */
export interface PoweredCard {
  readonly atr: Uint8Array;
  reset(): void;
  /** A promise where the card takes its time. */
  answer(command: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

const controls = { powerOff: 0, powerOn: 1, reset: 2, getAtr: 4 } as const;

/**
 * Puts a card into a virtual reader of vpcd: connects to the reader's TCP port, and serves until told to remove it. Frames
 * are a two-byte big-endian length and a payload; one byte is a control, anything longer a command APDU.
 */
export class VirtualReader {
  readonly #card: PoweredCard;
  #socket: Socket | undefined;

  constructor(card: PoweredCard) {
    this.#card = card;
  }

  get inserted(): boolean {
    return this.#socket !== undefined;
  }

  /** Resolves when the reader has taken the card. */
  async insert(port: number, host: string): Promise<void> {
    await this.remove();
    const socket = createConnection({ port, host, noDelay: true });
    await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    this.#socket = socket;
    let held: Buffer = Buffer.alloc(0);
    socket.on("data", chunk => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const end = 2 + held.readUInt16BE(0);
        this.#serve(socket, held.subarray(2, end));
        held = held.subarray(end);
      }
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      if (this.#socket === socket) this.#socket = undefined;
    });
  }

  /** Takes the card out; at once, whatever it was doing. */
  async remove(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    await new Promise<void>(resolve => {
      socket.once("close", () => resolve());
      socket.destroy();
    });
    this.#card.reset();
  }

  #serve(socket: Socket, payload: Buffer): void {
    if (payload.length > 1) {
      const answer = this.#card.answer(new Uint8Array(payload));
      if (answer instanceof Uint8Array) this.#write(socket, answer);
      else void answer.then(late => this.#write(socket, late));
      return;
    }
    if (payload[0] === controls.getAtr) this.#write(socket, this.#card.atr);
    else this.#card.reset();
  }

  /** One write, so that one segment carries the frame. Nothing is written for a card that was pulled meanwhile. */
  #write(socket: Socket, payload: Uint8Array): void {
    if (this.#socket !== socket) return;
    const frame = Buffer.alloc(2 + payload.length);
    frame.writeUInt16BE(payload.length, 0);
    frame.set(payload, 2);
    socket.write(frame);
  }
}
