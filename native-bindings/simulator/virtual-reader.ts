import { createConnection, type Socket } from "node:net";

/** A card as a reader sees it. */
export interface PoweredCard {
  readonly atr: Uint8Array;
  reset(): void;
  /** A promise where the card takes its time. */
  answer(command: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** How long a physical card takes for an exchange, in milliseconds; a virtual one answers at once. */
export type Pace = (command: Uint8Array, answer: Uint8Array) => number;

const controls = { powerOff: 0, powerOn: 1, reset: 2, getAtr: 4 } as const;

/**
 * Puts a card into a virtual reader of vpcd: connects to the reader's TCP port, and serves until told to remove it. Frames
 * are a two-byte big-endian length and a payload; one byte is a control, anything longer a command APDU.
 */
export class VirtualReader {
  readonly #card: PoweredCard;
  readonly #pace: Pace;
  #socket: Socket | undefined;

  constructor(card: PoweredCard, pace: Pace = () => 0) {
    this.#card = card;
    this.#pace = pace;
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

  /** Without a wait where the card answers at once. */
  #exchange(socket: Socket, command: Uint8Array): Promise<void> | undefined {
    const startedAt = performance.now();
    const answer = this.#card.answer(command);
    if (!(answer instanceof Uint8Array)) return answer.then(late => this.#write(socket, late));
    const ms = this.#pace(command, answer);
    if (ms > 0) return passes(startedAt + ms).then(() => this.#write(socket, answer));
    this.#write(socket, answer);
    return undefined;
  }

  #serve(socket: Socket, payload: Buffer): void {
    if (payload.length > 1) {
      void this.#exchange(socket, new Uint8Array(payload));
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

const timerSlackMs = 3;
const neverWoken = new Int32Array(new SharedArrayBuffer(4));

/** Resolves at this moment, more exactly than a timer: it sleeps through the last milliseconds. */
async function passes(moment: number): Promise<void> {
  const left = moment - performance.now() - timerSlackMs;
  if (left > 0) await new Promise(resolve => setTimeout(resolve, left));
  Atomics.wait(neverWoken, 0, 0, Math.max(0, moment - performance.now()));
}
