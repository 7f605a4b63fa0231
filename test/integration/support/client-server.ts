import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** The back-channel half of a relying party: it publishes keys, and hears logout tokens. */
export class ClientServer {
  readonly #server: Server;
  /** The logout tokens that came, in order. */
  readonly heard: string[] = [];

  constructor(keys: () => Promise<object> = async () => ({ keys: [] })) {
    this.#server = createServer((request, response) => {
      void text(request).then(async body => {
        const token = new URLSearchParams(body).get("logout_token");
        if (token !== null) this.heard.push(token);
        response.setHeader("content-type", "application/jwk-set+json");
        response.end(JSON.stringify(await keys()));
      });
    });
  }

  /** Its address. */
  async open(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
