import type { WebSocket } from "ws";
import type { PushMessage } from "../../protocol/broker/push.ts";

/** The live line to each workstation: at most one, the newest. */
export class PushHub {
  readonly #lines = new Map<string, WebSocket>();

  join(workstation: string, line: WebSocket): void {
    this.#lines.get(workstation)?.close(4000, "replaced");
    this.#lines.set(workstation, line);
    line.on("close", () => {
      if (this.#lines.get(workstation) === line) this.#lines.delete(workstation);
    });
  }

  /** Told where the workstation is connected; otherwise it learns at its next hello. */
  tell(workstation: string, message: PushMessage): void {
    this.#lines.get(workstation)?.send(JSON.stringify(message));
  }

  closeAll(): void {
    for (const line of this.#lines.values()) line.terminate();
  }
}
