import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { opening } from "../../../protocol/window/opening.ts";
import { openWindowChannel } from "../../ipc/window-channel.ts";
import type { WindowPeer } from "../../ipc/window-peer.ts";
import { OneTimeSecret } from "./one-time-secret.ts";
import { readWindowFiles, type WindowFile } from "./window-files.ts";
import { windowHeaders } from "./window-security.ts";

interface Options {
  /** The built window. */
  readonly folder: string;
  readonly peer: WindowPeer;
  /** True when a window has opened the channel, false when it is gone. */
  readonly onWindow: (there: boolean) => void;
  /** How long a connection may take to show its secret, milliseconds. */
  readonly openingLimitMs?: number;
}

/** WebSocket close codes of ours (RFC 6455, 7.4.2: 4000 to 4999 are private). */
export const closeCodes = { refused: 4401, malformed: 4400, replaced: 4409 } as const;

/**
 * Serves the window on a port of the loopback interface that only it is told, and its channel behind a one-time secret.
 * Another program of this machine finds the files, which are public, and no channel.
 */
export class WindowServer {
  readonly #options: Options;
  readonly #files: ReadonlyMap<string, WindowFile>;
  readonly #secret = new OneTimeSecret();
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 16_384, clientTracking: true });
  readonly #server: Server;
  #host = "";
  #window: { readonly release: () => void } | undefined;
  #loads = 0;

  private constructor(options: Options) {
    this.#options = options;
    this.#files = readWindowFiles(options.folder);
    this.#server = createServer((request, response) => this.#answer(request, response));
    this.#server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  static async start(options: Options): Promise<WindowServer> {
    const server = new WindowServer(options);
    await new Promise<void>((resolve, reject) => {
      server.#server.once("error", reject);
      server.#server.listen({ host: "127.0.0.1", port: 0 }, resolve);
    });
    server.#host = `127.0.0.1:${(server.#server.address() as AddressInfo).port}`;
    return server;
  }

  get origin(): string {
    return `http://${this.#host}`;
  }

  /** The window's address for one load. It carries the secret in its fragment, which no request ever holds. */
  address(): string {
    // A new path makes it a load and not a jump within the page that is there.
    return `${this.origin}/?load=${++this.#loads}#${this.#secret.issue()}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const headers = windowHeaders(`ws://${this.#host}`);
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const file = this.#files.get(path);
    const status = this.#statusOf(request, file);
    if (status !== 200 || file === undefined) {
      response.writeHead(status, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, "content-type": file.mediaType, "content-length": file.body.length });
    response.end(request.method === "HEAD" ? undefined : file.body);
  }

  #statusOf(request: IncomingMessage, file: WindowFile | undefined): number {
    // Another name for this address would be a page of another origin (DNS rebinding).
    if (request.headers.host !== this.#host) return 421;
    if (request.method !== "GET" && request.method !== "HEAD") return 405;
    return file === undefined ? 404 : 200;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const fits =
      request.url === "/channel" && request.headers.host === this.#host && request.headers.origin === this.origin;
    if (!fits) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, opened => this.#greet(opened));
  }

  #greet(socket: WebSocket): void {
    socket.on("error", () => socket.terminate());
    const impatience = setTimeout(() => socket.close(closeCodes.refused), this.#options.openingLimitMs ?? 5_000);
    socket.once("close", () => clearTimeout(impatience));
    socket.once("message", (data, binary) => {
      clearTimeout(impatience);
      const first = opening.safeParse(binary ? undefined : parseJson(String(data)));
      if (first.success && this.#secret.redeem(first.data.secret)) this.#admit(socket);
      else socket.close(closeCodes.refused);
    });
  }

  #admit(socket: WebSocket): void {
    this.#window?.release();
    const channel = openWindowChannel(this.#options.peer, message => socket.send(JSON.stringify(message)));
    const window = {
      release: () => {
        channel.close();
        socket.removeAllListeners("message");
        socket.close(closeCodes.replaced);
      },
    };
    this.#window = window;
    socket.on("message", (data, binary) => {
      if (!channel.receive(binary ? undefined : parseJson(String(data)))) socket.close(closeCodes.malformed);
    });
    socket.once("close", () => {
      channel.close();
      if (this.#window !== window) return;
      this.#window = undefined;
      this.#options.onWindow(false);
    });
    this.#options.onWindow(true);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
