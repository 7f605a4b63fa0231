import type { Server, Socket } from "node:net";
import type { Timers } from "../../core/ports/timers.ts";

/** Time for what is being answered when a door closes, milliseconds. */
export const closingGraceMs = 1_000;

/**
 * A listening server whose closing ends. Node's `closeAllConnections` knows neither a connection in its TLS handshake nor one that has
 * become a WebSocket, and a closing HTTP server looks at no time limit any more: where a handshake ends after it, and nothing is said
 * then, its peer would keep the server open for as long as it likes. So every connection that was accepted is known here.
 */
export class Listener {
  readonly #server: Server;
  readonly #timers: Timers;
  readonly #connections = new Set<Socket>();
  #graceIsOver = false;

  private constructor(server: Server, timers: Timers) {
    this.#server = server;
    this.#timers = timers;
    // Of a TLS server it is the connection below TLS, which ends what is above.
    server.on("connection", (connection: Socket) => {
      if (this.#graceIsOver) return void connection.destroy();
      this.#connections.add(connection);
      connection.once("close", () => this.#connections.delete(connection));
    });
  }

  /** Rejects where the address cannot be had. */
  static async open(server: Server, address: { host: string; port: number }, timers: Timers): Promise<Listener> {
    const listener = new Listener(server, timers);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(address.port, address.host, resolve);
    });
    return listener;
  }

  /** Accepted and not ended. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Accepts nobody any more, lets go who asks nothing, and destroys what is left when the grace is over. */
  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    const stop = this.#timers.after(closingGraceMs, () => {
      this.#graceIsOver = true;
      for (const connection of this.#connections) connection.destroy();
    });
    await closed;
    stop();
  }
}
