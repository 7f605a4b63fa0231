import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Failure } from "../../../core/errors/failure.ts";
import { moduleFile } from "../../../native-bindings/pkcs11/module-file.ts";
import { type ModuleAnswer, type ModuleCommand, moduleAnswer } from "../../../protocol/card-host/module-messages.ts";

const entry = fileURLToPath(new URL("./module-main.ts", import.meta.url));
/** What a module is given to let go of its card in order. */
const farewellMs = 1_000;

interface Pending {
  readonly resolve: (answer: ModuleAnswer) => void;
  readonly reject: (failure: Failure) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A PKCS#11 module in a process of its own, which is started when something is asked of it, and anew after it has crashed,
 * has been killed because it did not answer, or was ended.
 */
export class ModuleProcess {
  readonly #path: string;
  readonly #pending = new Map<number, Pending>();
  #child: ChildProcess | undefined;
  #nextId = 1;

  constructor(path: string) {
    this.#path = path;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  /**
   * Rejects with what the module refuses; with `module-lost` where it crashes or does not answer in time; with `module-refused`
   * and `module-unusable` where it cannot be loaded.
   */
  async ask(command: ModuleCommand, limitMs: number): Promise<ModuleAnswer> {
    const child = this.#child ?? this.#start();
    const id = this.#nextId++;
    const answer = await new Promise<ModuleAnswer>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#lost(child, `${command.type}: no answer in ${limitMs} ms`);
        child.kill("SIGKILL");
      }, limitMs);
      this.#pending.set(id, { resolve, reject, timer });
      child.send({ id, command }, error => {
        if (error !== null) this.#lost(child, error.message);
      });
    });
    if (answer.type !== "failed") return answer;
    const { code, detail, triesLeft } = answer;
    throw new Failure(code, {
      ...(detail === undefined ? {} : { detail }),
      ...(triesLeft === undefined ? {} : { triesLeft }),
    });
  }

  /** Resolves when the process is no more: in order, or killed where the module does not let go. */
  async end(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#lost(child, "ended");
    const ended = new Promise<void>(resolve => child.once("exit", () => resolve()));
    if (child.connected) child.disconnect();
    const impatience = setTimeout(() => child.kill("SIGKILL"), farewellMs);
    await ended;
    clearTimeout(impatience);
  }

  /** At once, whatever the module does. */
  kill(): void {
    const child = this.#child;
    if (child === undefined) return;
    this.#lost(child, "killed");
    child.kill("SIGKILL");
  }

  #start(): ChildProcess {
    // What modules write of themselves may hold what they were given: nobody reads it.
    const child = fork(entry, [moduleFile(this.#path)], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#child = child;
    child.on("message", message => this.#hear(message));
    child.once("error", error => this.#lost(child, error.message));
    child.once("exit", (code, signal) => this.#lost(child, `ended with ${signal ?? code}`));
    return child;
  }

  #hear(raw: unknown): void {
    const parsed = moduleAnswer.safeParse(raw);
    // Our own program speaks here: anything else is a defect, and shows as no answer.
    if (!parsed.success) return;
    const pending = this.#pending.get(parsed.data.id);
    if (pending === undefined) return;
    this.#pending.delete(parsed.data.id);
    clearTimeout(pending.timer);
    pending.resolve(parsed.data.answer);
  }

  #lost(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new Failure("module-lost", { detail: `${this.#path}: ${how}` }));
    }
    this.#pending.clear();
  }
}
