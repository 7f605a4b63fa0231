import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pcsc-mini";
import { pcscdCommand } from "./pcscd-command.ts";

/** The port of the first virtual reader; the second has the next one. */
export const firstReaderPort = 35_963;

/** vpcd's names for its readers, as pcsc-lite tells them. */
export const readerNames = ["Virtual PCD 00 00", "Virtual PCD 00 01"] as const;

const pauseMs = 100;
const startTries = 150;
const wakeTries = 30;

export interface PcscService {
  /** Ends the service, where it was this that started it. */
  stop(): Promise<void>;
}

/**
 * Makes sure that pcscd runs with its virtual readers. One that listens already is used as it is; one that the system starts
 * on demand is woken; otherwise one is started in the foreground, and this process and its children are told where. Rejects with what to do.
 */
export async function ensurePcscService(): Promise<PcscService> {
  if (await isListening(firstReaderPort)) return { stop: async () => {} };
  if (await wakes()) return { stop: async () => {} };
  const { command, words, socket, detached, tidy } = pcscdCommand();
  // What pcsc-lite's library asks for (winscard_clnt.c, PCSCLITE_CSOCK_NAME).
  if (socket !== undefined) process.env["PCSCLITE_CSOCK_NAME"] = socket;
  const child = spawn(command, words, { stdio: ["inherit", "ignore", "ignore"], detached });
  const failed = new Promise<string>(resolve => {
    child.once("error", error => resolve(error.message));
    child.once("exit", code => resolve(`it ended with ${code}`));
  });
  for (let tries = 0; tries < startTries; tries += 1) {
    if (await isListening(firstReaderPort)) {
      return {
        async stop() {
          child.kill("SIGTERM");
          await failed;
          tidy();
        },
      };
    }
    const how = await Promise.race([failed, wait(pauseMs, undefined)]);
    if (how === undefined) continue;
    tidy();
    throw new Error(`pcscd cannot be started (${how}); as root: pcscd, or systemctl restart pcscd`);
  }
  child.kill("SIGTERM");
  throw new Error("pcscd runs without virtual readers; is vsmartcard-vpcd installed? Then restart pcscd");
}

/** True where knocking at the service's socket starts it, as systemd does; its virtual readers follow in a moment. */
async function wakes(): Promise<boolean> {
  if (!existsSync("/run/pcscd/pcscd.comm")) return false;
  const client = new Client();
  client.on("error", () => {});
  try {
    client.start();
  } catch {
    return false;
  }
  for (let tries = 0; tries < wakeTries && !(await isListening(firstReaderPort)); tries += 1) await wait(pauseMs);
  client.stop();
  return isListening(firstReaderPort);
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
