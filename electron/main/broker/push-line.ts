import type { Agent } from "node:https";
import WebSocket from "ws";
import { asFailure, Failure } from "../../../core/errors/failure.ts";
import type { BrokerEvent } from "../../../core/ports/broker-connection.ts";
import { brokerPaths } from "../../../protocol/broker/paths.ts";
import { type PushHello, pushMessage, type WorkstationState } from "../../../protocol/broker/push.ts";
import type { KeptCheckpoint } from "./kept-checkpoint.ts";

const shortestPauseMs = 250;
const longestPauseMs = 10_000;
const beatMs = 10_000;

interface PushLineParts {
  readonly origin: string;
  /** The line's own; ends with it. */
  readonly agent: Agent;
  /** Asked at every hello. */
  readonly believedSeat: () => string | undefined;
  readonly checkpoint: KeptCheckpoint;
  /** Asked at every welcome, and by `tellState`; `undefined`: there is nothing to say yet. */
  readonly state: () => WorkstationState | undefined;
  readonly tell: (event: BrokerEvent) => void;
}

/** The line on which the broker speaks unasked: kept alive by a beat, built anew with growing, jittered pauses. */
export class PushLine {
  readonly #parts: PushLineParts;
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #beat: NodeJS.Timeout | undefined;
  #pauseMs = shortestPauseMs;
  #welcomed = false;
  #closed = false;

  constructor(parts: PushLineParts) {
    this.#parts = parts;
    this.#connect();
  }

  /** Says hello again, on a new line. */
  restart(): void {
    this.#socket?.terminate();
  }

  /** Says what the workstation is like now, where the broker listens; otherwise it is told once it does. */
  tellState(): void {
    const state = this.#welcomed ? this.#parts.state() : undefined;
    if (state !== undefined) this.#socket?.send(JSON.stringify(state));
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#beat);
    this.#socket?.terminate();
    this.#parts.agent.destroy();
  }

  #connect(): void {
    const { origin, agent, believedSeat, checkpoint } = this.#parts;
    const url = new URL(brokerPaths.push, origin);
    url.protocol = "wss:";
    const socket = new WebSocket(url, { agent, handshakeTimeout: 5_000, maxPayload: 64 * 1024 });
    this.#socket = socket;
    let failure = new Failure("broker-unreachable");
    let alive = true;
    socket.on("open", () => {
      const hello: PushHello = { type: "hello", seat: believedSeat() ?? null, checkpoint: checkpoint.note ?? null };
      socket.send(JSON.stringify(hello));
      this.#beat = setInterval(() => {
        if (!alive) socket.terminate();
        alive = false;
        socket.ping();
      }, beatMs);
    });
    socket.on("pong", () => {
      alive = true;
    });
    socket.on("message", data => this.#hear(String(data)));
    socket.on("error", error => {
      if (error instanceof Failure) failure = asFailure(error);
    });
    socket.on("close", () => {
      clearInterval(this.#beat);
      this.#welcomed = false;
      if (this.#closed) return;
      this.#parts.tell({ type: "disconnected", code: failure.code });
      const jitter = 0.5 + Math.random();
      this.#timer = setTimeout(() => this.#connect(), this.#pauseMs * jitter);
      this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    });
  }

  #hear(text: string): void {
    const parsed = pushMessage.safeParse(parse(text));
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.type) {
      case "welcome":
        this.#pauseMs = shortestPauseMs;
        this.#welcomed = true;
        this.tellState();
        return this.#parts.tell({ type: "connected" });
      case "trail-checkpoint":
        return this.#parts.checkpoint.keep(message.note);
      default:
        return this.#parts.tell(message);
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
