import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server as an authority runs one: files with entity tags, and odd answers where a test wants them. */
export class ListServer {
  readonly #server: Server;
  readonly #answers = new Map<string, Answer>();
  /** Every request, as `METHOD /path status`. */
  readonly seen: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      const answer = this.#answers.get(request.url ?? "");
      response.once("close", () => this.seen.push(`${request.method} ${request.url} ${response.statusCode}`));
      if (answer === undefined) response.writeHead(404).end();
      else answer(request, response);
    });
  }

  static async start(): Promise<ListServer> {
    const server = new ListServer();
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  address(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Publishes bytes with an entity tag; answers 304 to who has them. */
  publish(path: string, bytes: Uint8Array): void {
    const entityTag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`;
    this.answer(path, (request, response) => {
      if (request.headers["if-none-match"] === entityTag) response.writeHead(304).end();
      else response.writeHead(200, { etag: entityTag, "content-length": bytes.length }).end(bytes);
    });
  }

  answer(path: string, answer: Answer): void {
    this.#answers.set(path, answer);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
