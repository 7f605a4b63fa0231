import type { WebSocket } from "ws";
import type { Clock } from "../../core/ports/clock.ts";
import type { PushMessage } from "../../protocol/broker/push.ts";

/** The live line to each workstation: at most one, the newest. Knows who is there, and when the others were last. */
export class PushHub {
  readonly #clock: Clock;
  readonly #lines = new Map<string, WebSocket>();
  readonly #left = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get connected(): number {
    return this.#lines.size;
  }

  join(workstation: string, line: WebSocket): void {
    this.#lines.get(workstation)?.close(4000, "replaced");
    this.#lines.set(workstation, line);
    line.on("close", () => {
      if (this.#lines.get(workstation) !== line) return;
      this.#lines.delete(workstation);
      this.#left.set(workstation, this.#clock.now());
    });
  }

  /** Now, or when its line was lost; `undefined` where it was not seen since the broker started. */
  presenceOf(workstation: string): { readonly connected: boolean; readonly seenAt: number | undefined } {
    const connected = this.#lines.has(workstation);
    return { connected, seenAt: connected ? this.#clock.now() : this.#left.get(workstation) };
  }

  /** Told where the workstation is connected; otherwise it learns at its next hello. */
  tell(workstation: string, message: PushMessage): void {
    this.#lines.get(workstation)?.send(JSON.stringify(message));
  }

  /** Closes its line: what it may do, or where it stands, has changed. */
  drop(workstation: string): void {
    this.#lines.get(workstation)?.close(4002, "changed");
  }
}
