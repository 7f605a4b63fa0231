import type { ChildProcess } from "node:child_process";
import { connect } from "node:net";

/** Comes back once something listens on a port of loopback. Rejects where the process that should has ended. */
export async function answering(port: number, process: ChildProcess, what: string): Promise<void> {
  while (process.exitCode === null) {
    const line = connect(port, "127.0.0.1");
    const open = await new Promise<boolean>(resolve => {
      line.once("connect", () => resolve(true));
      line.once("error", () => resolve(false));
    });
    line.destroy();
    if (open) return;
    await new Promise(resolve => setImmediate(resolve));
  }
  throw new Error(`${what} ended with ${process.exitCode}`);
}
