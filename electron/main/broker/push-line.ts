import type { Agent } from "node:https";
import WebSocket from "ws";
import { asFailure, Failure } from "../../../core/errors/failure.ts";
import type { BrokerEvent } from "../../../core/ports/broker-connection.ts";
import { brokerPaths } from "../../../protocol/broker/paths.ts";
import { pushMessage } from "../../../protocol/broker/push.ts";

const shortestPauseMs = 250;
const longestPauseMs = 10_000;
const beatMs = 10_000;

interface PushLineParts {
  readonly origin: string;
  /** The line's own; ends with it. */
  readonly agent: Agent;
  /** Asked at every hello. */
  readonly believedSeat: () => string | undefined;
  readonly tell: (event: BrokerEvent) => void;
}

/** The line on which the broker speaks unasked: kept alive by a beat, built anew with growing, jittered pauses. */
export class PushLine {
  readonly #parts: PushLineParts;
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #beat: NodeJS.Timeout | undefined;
  #pauseMs = shortestPauseMs;
  #closed = false;

  constructor(parts: PushLineParts) {
    this.#parts = parts;
    this.#connect();
  }

  /** Says hello again, on a new line. */
  restart(): void {
    this.#socket?.terminate();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#beat);
    this.#socket?.terminate();
    this.#parts.agent.destroy();
  }

  #connect(): void {
    const { origin, agent, believedSeat } = this.#parts;
    const url = new URL(brokerPaths.push, origin);
    url.protocol = "wss:";
    const socket = new WebSocket(url, { agent, handshakeTimeout: 5_000, maxPayload: 64 * 1024 });
    this.#socket = socket;
    let failure = new Failure("broker-unreachable");
    let alive = true;
    socket.on("open", () => {
      socket.send(JSON.stringify({ type: "hello", seat: believedSeat() ?? null }));
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
    if (message.type !== "welcome") {
      this.#parts.tell(message);
      return;
    }
    this.#pauseMs = shortestPauseMs;
    this.#parts.tell({ type: "connected" });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
