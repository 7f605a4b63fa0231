import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Failure } from "../../../core/errors/failure.ts";
import type {
  CardReaderEvent,
  CardReaders,
  Insertion,
  PinRenewal,
  ReaderCondition,
} from "../../../core/ports/card-readers.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { CardInspection } from "../../../protocol/card-host/inspection.ts";
import { type CardHostAnswer, type CardHostCommand, cardHostMessage } from "../../../protocol/card-host/messages.ts";
import type { CardHostSettings } from "../../../protocol/card-host/settings.ts";

const entry = fileURLToPath(new URL("../../card-host/main.ts", import.meta.url));
/** Longer than the host gives one piece of work, and one that was asked for before it: only a host that hangs comes here. */
const callLimitMs = 25_000;
/** Longer than readers wait for somebody to type on their keys. */
const typingLimitMs = 90_000;
/** A slow card's certificates, all of them. */
const inspectionLimitMs = 60_000;
const shortestPauseMs = 200;
const longestPauseMs = 5_000;

interface Pending {
  readonly resolve: (answer: CardHostAnswer) => void;
  readonly reject: (failure: Failure) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * The readers by way of the card host's process, which is supervised: when it ends it is started again with growing
 * pauses, when it does not answer it is killed. The cards of a host that is gone are told removed.
 */
export class CardHostClient implements CardReaders {
  readonly #log: Log;
  readonly #settings: string;
  readonly #listeners = new Set<(event: CardReaderEvent) => void>();
  readonly #pending = new Map<number, Pending>();
  /** Insertion → reader. */
  readonly #cards = new Map<Insertion, string>();
  #condition: ReaderCondition = { kind: "trouble", code: "card-host-lost" };
  #host: ChildProcess | undefined;
  #nextId = 1;
  #pauseMs = shortestPauseMs;
  #restart: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(log: Log, settings: Partial<CardHostSettings> = {}) {
    this.#log = log;
    this.#settings = JSON.stringify(settings);
    this.#start();
  }

  subscribe(listener: (event: CardReaderEvent) => void): () => void {
    this.#listeners.add(listener);
    listener({ type: "condition-changed", condition: this.#condition });
    for (const [insertion, reader] of this.#cards) listener({ type: "card-inserted", insertion, reader });
    return () => this.#listeners.delete(listener);
  }

  async identify(insertion: Insertion) {
    const answer = await this.#ask({ type: "identify", insertion });
    if (answer.type !== "identified") throw unexpected(answer);
    return {
      cardId: answer.cardId,
      family: answer.family,
      certificate: answer.certificate,
      algorithm: answer.algorithm,
    };
  }

  /** Everything that the card shows, for support. Rejects only where the card cannot be asked at all. */
  async inspect(insertion: Insertion): Promise<CardInspection> {
    const answer = await this.#ask({ type: "inspect", insertion });
    if (answer.type !== "inspected") throw unexpected(answer);
    return answer.inspection;
  }

  async presence(insertion: Insertion) {
    const answer = await this.#ask({ type: "presence", insertion });
    if (answer.type === "no-presence") return undefined;
    if (answer.type !== "presence") throw unexpected(answer);
    return { certificate: answer.certificate, algorithm: answer.algorithm };
  }

  async pinState(insertion: Insertion) {
    const answer = await this.#ask({ type: "pin-state", insertion });
    if (answer.type !== "pin-state") throw unexpected(answer);
    return answer;
  }

  async signWithPin(
    insertion: Insertion,
    pin: Uint8Array | "on-reader",
    signingInput: Uint8Array,
  ): Promise<Uint8Array> {
    if (pin === "on-reader")
      return signatureIn(await this.#ask({ type: "sign-with-pin", insertion, pin, signingInput }));
    return this.#handOver([pin], async () =>
      signatureIn(await this.#ask({ type: "sign-with-pin", insertion, pin, signingInput })),
    );
  }

  async renewPin(insertion: Insertion, renewal: PinRenewal, secret: Uint8Array, newPin: Uint8Array): Promise<void> {
    const answer = await this.#handOver([secret, newPin], () =>
      this.#ask({ type: "renew-pin", insertion, renewal, secret, newPin }),
    );
    if (answer.type !== "pin-renewed") throw unexpected(answer);
  }

  async signPresence(insertion: Insertion, signingInput: Uint8Array): Promise<Uint8Array> {
    return signatureIn(await this.#ask({ type: "sign-presence", insertion, signingInput }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#restart);
    const host = this.#host;
    if (host === undefined || host.exitCode !== null) return;
    const ended = new Promise<void>(resolve => host.once("exit", () => resolve()));
    host.disconnect();
    const impatience = setTimeout(() => host.kill("SIGKILL"), 2_000);
    await ended;
    clearTimeout(impatience);
  }

  /** Wipes the secrets as soon as the channel has taken its copy. */
  #handOver<Answer>(secrets: readonly Uint8Array[], ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return ask();
    } finally {
      for (const secret of secrets) secret.fill(0);
    }
  }

  #start(): void {
    const host = fork(entry, [this.#settings], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#host = host;
    host.on("message", message => this.#hear(message));
    host.once("error", error => this.#ended(host, error.message));
    host.once("exit", (code, signal) => this.#ended(host, String(signal ?? code)));
  }

  #ended(host: ChildProcess, how: string): void {
    if (this.#host !== host) return;
    this.#host = undefined;
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new Failure("card-host-lost"));
    }
    this.#pending.clear();
    for (const insertion of [...this.#cards.keys()]) this.#tell({ type: "card-removed", insertion });
    if (this.#closed) return;
    this.#log.warn("card-host-ended", { how });
    this.#tell({ type: "condition-changed", condition: { kind: "trouble", code: "card-host-lost" } });
    this.#restart = setTimeout(() => this.#start(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }

  #hear(raw: unknown): void {
    const parsed = cardHostMessage.safeParse(raw);
    if (!parsed.success) {
      this.#log.warn("card-host-message-malformed");
      return;
    }
    const message = parsed.data;
    if (message.type !== "answered") {
      this.#pauseMs = shortestPauseMs;
      this.#tell(message);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    this.#pending.delete(message.id);
    clearTimeout(pending.timer);
    pending.resolve(message.answer);
  }

  #tell(event: CardReaderEvent): void {
    if (event.type === "condition-changed") this.#condition = event.condition;
    if (event.type === "card-inserted") this.#cards.set(event.insertion, event.reader);
    if (event.type === "card-removed") this.#cards.delete(event.insertion);
    for (const listener of [...this.#listeners]) listener(event);
  }

  async #ask(command: CardHostCommand): Promise<CardHostAnswer> {
    const host = this.#host;
    if (host === undefined || !host.connected) throw new Failure("card-host-lost");
    if (!this.#cards.has(command.insertion)) throw new Failure("card-removed");
    const id = this.#nextId++;
    const answer = await new Promise<CardHostAnswer>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#log.warn("card-host-hung", { command: command.type });
        host.kill("SIGKILL");
      }, limitOf(command));
      this.#pending.set(id, { resolve, reject, timer });
      host.send({ id, command });
    });
    if (answer.type !== "failed") return answer;
    const { code, detail, triesLeft } = answer;
    throw new Failure(code, {
      ...(detail === undefined ? {} : { detail }),
      ...(triesLeft === undefined ? {} : { triesLeft }),
    });
  }
}

function limitOf(command: CardHostCommand): number {
  if (command.type === "inspect") return inspectionLimitMs;
  return command.type === "sign-with-pin" && command.pin === "on-reader" ? typingLimitMs : callLimitMs;
}

function signatureIn(answer: CardHostAnswer): Uint8Array {
  if (answer.type !== "signed") throw unexpected(answer);
  return answer.signature;
}

function unexpected(answer: CardHostAnswer): Failure {
  return new Failure("internal", { detail: `card host answered ${answer.type}` });
}
