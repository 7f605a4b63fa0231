import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** The port of the first virtual reader; the second has the next one. */
export const firstReaderPort = 35_963;

/** vpcd's names for its readers, as pcsc-lite tells them. */
export const readerNames = ["Virtual PCD 00 00", "Virtual PCD 00 01"] as const;

export interface PcscService {
  /** Ends the service, where it was this that started it. */
  stop(): Promise<void>;
}

/**
 * Makes sure that pcscd runs with its virtual readers: one that listens already is used as it is, otherwise one is started in
 * the foreground. Rejects with what to do where that is not allowed.
 */
export async function ensurePcscService(): Promise<PcscService> {
  if (await isListening(firstReaderPort)) return { stop: async () => {} };
  const program = ["/usr/sbin/pcscd", "/usr/local/sbin/pcscd"].find(file => existsSync(file)) ?? "pcscd";
  const child = spawn(program, ["--foreground"], { stdio: "ignore" });
  const failed = new Promise<string>(resolve => {
    child.once("error", error => resolve(error.message));
    child.once("exit", code => resolve(`it ended with ${code}`));
  });
  for (let tries = 0; tries < 100; tries += 1) {
    if (await isListening(firstReaderPort)) {
      return {
        async stop() {
          child.kill("SIGTERM");
          await failed;
        },
      };
    }
    const how = await Promise.race([failed, wait(100, undefined)]);
    if (how !== undefined)
      throw new Error(`pcscd cannot be started (${how}); as root: pcscd, or systemctl restart pcscd`);
  }
  child.kill("SIGTERM");
  throw new Error("pcscd runs without virtual readers; is vsmartcard-vpcd installed? Then restart pcscd");
}

function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
