import { createHash } from "node:crypto";
import { Agent } from "node:https";
import { connect, type TLSSocket } from "node:tls";
import { Failure } from "../../../core/errors/failure.ts";

const handshakeMs = 5_000;

export interface MutualTls {
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
  /** SHA-256 of the broker's SubjectPublicKeyInfo, base64url. */
  readonly brokerKey: string;
}

/** The fingerprint of the key that a TLS peer has shown; `undefined` where it showed none. */
function peerKey(socket: TLSSocket): string | undefined {
  const spki = socket.getPeerX509Certificate()?.publicKey.export({ type: "spki", format: "der" });
  return spki === undefined ? undefined : createHash("sha256").update(spki).digest("base64url");
}

/** An agent of Node's that ends what is in its handshake, too: such a connection would be kept for a request that never comes. */
class PinnedAgent extends Agent {
  readonly #handshaking = new Set<TLSSocket>();

  watch(socket: TLSSocket): void {
    this.#handshaking.add(socket);
    const forget = () => this.#handshaking.delete(socket);
    socket.once("secureConnect", forget).once("close", forget);
  }

  override destroy(): void {
    for (const socket of this.#handshaking) socket.destroy(new Error("not wanted any more"));
    super.destroy();
  }
}

/**
 * Connections to the broker: TLS 1.3 with the workstation's key, kept open, and given out only after the broker has shown the
 * one key that enrolment pinned. No authority and no name can stand in for it.
 */
export function pinnedAgent(tls: MutualTls): Agent {
  // With a limit of connections Node keeps a queue, and forgets it when the connections break and no other can be made.
  const agent = new PinnedAgent({ keepAlive: true, maxFreeSockets: 8, maxCachedSessions: 0 });
  agent.createConnection = (options, callback) => {
    const { host, port } = options as { host: string; port: number };
    const socket = connect({
      host,
      port,
      key: tls.key,
      cert: tls.certificate,
      minVersion: "TLSv1.3",
      rejectUnauthorized: false,
    });
    socket.setNoDelay(true);
    agent.watch(socket);
    const tooSlow = () => socket.destroy(new Error("the handshake takes too long"));
    socket.setTimeout(handshakeMs, tooSlow);
    const fail = (error: Error) => callback?.(error, socket);
    socket.once("error", fail);
    socket.once("secureConnect", () => {
      socket.off("error", fail).setTimeout(0, tooSlow);
      if (peerKey(socket) === tls.brokerKey) {
        callback?.(null, socket);
        return;
      }
      socket.destroy();
      callback?.(new Failure("broker-untrusted"), socket);
    });
    return undefined;
  };
  return agent;
}
