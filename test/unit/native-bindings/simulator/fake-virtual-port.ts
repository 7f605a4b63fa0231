import { createServer, type Server, type Socket } from "node:net";

/** The reader's side of vpcd's protocol: listens, powers, asks. */
export class FakeVirtualPort {
  readonly #server: Server;
  readonly #socket: Promise<Socket>;
  #held: Buffer = Buffer.alloc(0);
  #onFrame: (() => void) | undefined;
  closed = false;

  private constructor(server: Server, socket: Promise<Socket>) {
    this.#server = server;
    this.#socket = socket.then(found => {
      found.on("data", chunk => {
        this.#held = Buffer.concat([this.#held, chunk]);
        this.#onFrame?.();
      });
      found.on("close", () => {
        this.closed = true;
        this.#onFrame?.();
      });
      found.on("error", () => {});
      return found;
    });
  }

  static async open(): Promise<FakeVirtualPort> {
    const server = createServer();
    const socket = new Promise<Socket>(resolve => server.once("connection", resolve));
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    return new FakeVirtualPort(server, socket);
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return address.port;
  }

  /** Writes frames, all in one piece or byte by byte. */
  async write(how: "whole" | "by byte", ...payloads: readonly Uint8Array[]): Promise<void> {
    const socket = await this.#socket;
    const bytes = Buffer.concat(
      payloads.map(payload => Buffer.concat([Buffer.of(payload.length >> 8, payload.length), payload])),
    );
    if (how === "whole") socket.write(bytes);
    else for (const byte of bytes) await new Promise(resolve => socket.write(Buffer.of(byte), resolve));
  }

  /** The next frame of the card; `undefined` where the card has left. */
  async frame(): Promise<Uint8Array | undefined> {
    await this.#socket;
    for (;;) {
      const end = this.#held.length < 2 ? Number.POSITIVE_INFINITY : 2 + this.#held.readUInt16BE(0);
      if (this.#held.length >= end) {
        const payload = this.#held.subarray(2, end);
        this.#held = this.#held.subarray(end);
        return new Uint8Array(payload);
      }
      if (this.closed) return undefined;
      await new Promise<void>(resolve => {
        this.#onFrame = resolve;
      });
    }
  }

  async close(): Promise<void> {
    const done = new Promise(resolve => this.#server.close(resolve));
    this.#server.unref();
    void this.#socket.then(socket => socket.destroy());
    await done;
  }
}
