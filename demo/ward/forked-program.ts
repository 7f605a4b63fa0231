import { type ChildProcess, fork } from "node:child_process";

interface ForkOptions {
  /** Named in complaints. */
  readonly name: string;
  /** The TypeScript file, absolute. */
  readonly entry: string;
  readonly words: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What the program writes, line by line. */
  readonly onLine?: (line: string) => void;
}

/**
 * A program of ours in a process of its own, spoken to over the fork's channel. `Out` is what it says.
 */
export class ForkedProgram<Out extends { readonly type: string }> {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #listeners = new Set<(message: Out) => void>();
  readonly #ended: Promise<string>;

  constructor(options: ForkOptions) {
    this.#name = options.name;
    this.#child = fork(options.entry, [...options.words], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // A Ctrl+C at the terminal is for the ward, which ends its programs in order.
      detached: true,
      serialization: "advanced",
      env: { ...process.env, ...options.environment },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) readLines(stream, options.onLine ?? (() => {}));
    this.#child.on("message", message => {
      for (const listener of [...this.#listeners]) listener(message as Out);
    });
    this.#ended = new Promise(resolve => {
      this.#child.once("error", error => resolve(error.message));
      this.#child.once("exit", (code, signal) => resolve(`ended with ${signal ?? code}`));
    });
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves with how it ended. */
  get ended(): Promise<string> {
    return this.#ended;
  }

  send(message: object): void {
    if (this.running && this.#child.connected) this.#child.send(message);
  }

  /** Tells every message from now on. Returns the way to stop. */
  subscribe(listener: (message: Out) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The next message that `wanted` picks, e.g. the answer to what is sent right after this call. */
  next<Found>(what: string, wanted: (message: Out) => Found | undefined, limitMs = 20_000): Promise<Found> {
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer);
        stop();
        act();
      };
      const complain = (why: string) => finish(() => reject(new Error(`${this.#name}: ${what}: ${why}`)));
      const timer = setTimeout(() => complain(`nothing within ${limitMs} ms`), limitMs);
      const stop = this.subscribe(message => {
        const found = wanted(message);
        if (found !== undefined) finish(() => resolve(found));
      });
      void this.#ended.then(how => complain(`the program ${how}`));
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Asks it to end, and ends it after five seconds if it does not. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.kill("SIGTERM");
    const impatience = setTimeout(() => this.kill("SIGKILL"), 5_000);
    await this.#ended;
    clearTimeout(impatience);
  }
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
}
