import { isIP } from "node:net";
import { connect } from "node:tls";
import { syslogFrame } from "./syslog-message.ts";
import { type TrailExport, tlsFiles } from "./trail-configuration.ts";
import type { TrailReceiver } from "./trail-receiver.ts";

const silenceMs = 20_000;

/**
 * Syslog over TLS (RFC 5425). Syslog answers nothing; but a receiver that closes its side after ours has read everything before it.
 * So each batch has a connection of its own, and counts as received when the other side has closed it in order.
 */
export function syslogReceiver(to: Extract<TrailExport, { to: "syslog" }>): TrailReceiver {
  return {
    atOnce: 500,
    send(records) {
      return new Promise<void>((resolve, reject) => {
        const socket = connect({
          host: to.host,
          port: to.port,
          ...(isIP(to.host) === 0 ? { servername: to.host } : {}),
          ...tlsFiles(to),
        });
        const fail = (problem: Error) => {
          socket.destroy();
          reject(problem);
        };
        socket.setTimeout(silenceMs, () => fail(new Error("the receiver is silent")));
        socket.once("error", fail);
        socket.once("close", () => reject(new Error("the receiver closed the connection too early")));
        socket.once("secureConnect", () => {
          let ended = false;
          socket.once("finish", () => {
            ended = true;
          });
          socket.once("end", () => {
            if (!ended) return;
            resolve();
            socket.destroy();
          });
          // Only an end can be seen if what comes before it is read.
          socket.resume();
          socket.end(Buffer.concat(records.map(syslogFrame)));
        });
      });
    },
    async close() {},
  };
}
