import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { connect, type NetConnectOpts } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** The TCP ports of vpcd's two readers. */
export const readerPorts = [35_963, 35_964] as const;

interface PcscdOptions {
  readonly readers?: string;
  readonly hasReaders?: false;
  readonly environment?: Record<string, string>;
}

/**
 * The real pcscd with its virtual readers, started by the test, so that the test may also kill it. It must be the only one:
 * start the suite by scripts/private-machine.sh.
 */
export class Pcscd {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /**
   * Resolves when the service answers and its first reader takes cards, where it is not said that there will be none. `readers`: a folder
   * of reader.conf files in place of the system's.
   */
  static async start(options: PcscdOptions = {}): Promise<Pcscd> {
    if (await listens(readerPorts[0])) throw new Error("a pcscd runs already; use scripts/private-machine.sh");
    // What a killed pcscd left behind keeps the next one from starting.
    for (const name of ["pcscd.comm", "pcscd.pid"]) rmSync(`/run/pcscd/${name}`, { force: true });
    const program = ["/usr/sbin/pcscd", "/usr/local/sbin/pcscd"].find(file => existsSync(file)) ?? "pcscd";
    const words = options.readers === undefined ? [] : ["--config", options.readers];
    const env = { ...process.env, ...options.environment };
    const child = spawn(program, ["--foreground", ...words], { stdio: "ignore", env });
    const pcscd = new Pcscd(child);
    for (let tries = 0; tries < 200; tries += 1) {
      if (child.exitCode !== null) throw new Error(`pcscd ended with ${child.exitCode}`);
      const hasReaders = options.hasReaders === false || (await listens(readerPorts[0]));
      // Its readers are there before its socket is.
      if (hasReaders && (await answers())) return pcscd;
      await wait(50);
    }
    await pcscd.stop();
    throw new Error("pcscd runs without virtual readers; is vsmartcard-vpcd installed?");
  }

  /** Holds the process still: its socket takes connections, and nobody answers. */
  hold(still: boolean): void {
    this.#child.kill(still ? "SIGSTOP" : "SIGCONT");
  }

  /** Dies as in a crash. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    const impatience = setTimeout(() => this.#child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(impatience);
  }
}

/** Resolves when pcscd has seen a card in the first reader and powered it: OpenSC can tell its name. */
export async function cardIsSeen(): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      execFileSync("opensc-tool", ["-a", "-r", "0"], { stdio: "ignore" });
      return;
    } catch {
      await wait(50);
    }
  }
  throw new Error("pcscd does not see the card");
}

function listens(port: number): Promise<boolean> {
  return connects({ port, host: "127.0.0.1" });
}

function answers(): Promise<boolean> {
  return connects({ path: "/run/pcscd/pcscd.comm" });
}

function connects(where: NetConnectOpts): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(where);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
