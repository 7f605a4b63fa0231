import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { PoolOptions, PoolWorker, WorkerRequest } from "vitest/node";
import { privateMachine } from "./private-machine.ts";

/**
 * A worker of vitest on a private machine of its own, so that test files run side by side although each needs pcscd, the
 * readers' ports and its servers' ports for itself. What its file has left running ends with the worker; the worker ends
 * with the vitest that started it, whatever it is doing.
 */
export class PrivateMachineWorker implements PoolWorker {
  readonly name = "private-machine";
  readonly #options: PoolOptions;
  #worker: ChildProcess | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { distPath, execArgv, env, project } = this.#options;
    this.#worker = fork(join(distPath, "workers/forks.js"), [], {
      // A signal at the death of the parent reaches a worker that is too busy to notice.
      execPath: "setpriv",
      execArgv: ["--pdeathsig", "KILL", privateMachine, process.execPath, ...execArgv],
      env: env as NodeJS.ProcessEnv,
      stdio: "pipe",
      serialization: "advanced",
    });
    this.#worker.stdout?.pipe(project.vitest.logger.outputStream, { end: false });
    this.#worker.stderr?.pipe(project.vitest.logger.errorStream, { end: false });
  }

  async stop(): Promise<void> {
    const worker = this.#started();
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    const closed = once(worker, "close");
    // Its first process is unshare, which only this ends; all that runs on the machine goes with it.
    worker.kill("SIGKILL");
    await closed;
  }

  send(message: WorkerRequest): void {
    // Where this fails, the worker has died, and its event `exit` says so.
    this.#started().send(message, () => {});
  }

  // biome-ignore lint/suspicious/noExplicitAny: the interface's own signature.
  on(event: string, listener: (...facts: any[]) => void): void {
    this.#started().on(event, listener);
  }

  // biome-ignore lint/suspicious/noExplicitAny: the interface's own signature.
  off(event: string, listener: (...facts: any[]) => void): void {
    this.#started().off(event, listener);
  }

  deserialize(message: unknown): unknown {
    return message;
  }

  #started(): ChildProcess {
    if (this.#worker === undefined) throw new Error("the worker has not been started");
    return this.#worker;
  }
}
