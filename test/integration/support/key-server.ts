import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Where a client publishes its keys. */
export class KeyServer {
  readonly #server: Server;

  constructor(keys: () => Promise<object>) {
    this.#server = createServer((_request, response) => {
      response.setHeader("content-type", "application/jwk-set+json");
      void keys().then(set => response.end(JSON.stringify(set)));
    });
  }

  /** Its address. */
  async open(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/jwks`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
