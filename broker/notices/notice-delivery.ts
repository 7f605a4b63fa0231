import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Timers } from "../../core/ports/timers.ts";
import { dueNotices, type QueuedNotice, removeNotice, takeTry } from "../store/notice-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { MailServer } from "./mail-server.ts";

interface Parts {
  readonly server: MailServer;
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  /** A notice this old is given up when its next try fails. */
  readonly giveUpMs: number;
}

const idleMs = 2_000;
const atOnce = 20;
const shortestPauseMs = 10_000;
const longestPauseMs = 5 * 60_000;

/**
 * Sends what stands in the outbox: at least once, the oldest first. A try is taken in the store before it is made, so that a broker
 * that dies within it, or another one beside it, leaves it to the next; what is sent, or given up, is recorded and removed together.
 */
export class NoticeDelivery {
  readonly #parts: Parts;
  #cancel: () => void = () => {};
  #running: Promise<void> = Promise.resolve();
  #closed = false;
  #sent = 0;
  #givenUp = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#next(0);
  }

  /** Mails since the broker started. */
  get counts(): { readonly sent: number; readonly givenUp: number } {
    return { sent: this.#sent, givenUp: this.#givenUp };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await this.#running;
  }

  #next(pauseMs: number): void {
    if (this.#closed) return;
    this.#cancel = this.#parts.timers.after(pauseMs, () => {
      this.#running = this.#round()
        .catch(problem => this.#parts.log.warn("notices-not-sent", { detail: String(problem) }))
        .then(() => this.#next(idleMs));
    });
  }

  async #round(): Promise<void> {
    const { store, clock, server } = this.#parts;
    for (const notice of await dueNotices(store.db, clock.now(), atOnce)) {
      if (this.#closed) return;
      const now = clock.now();
      const nextAt = now + Math.min(shortestPauseMs * 2 ** Math.min(notice.tries, 20), longestPauseMs);
      if (!(await store.write(tx => takeTry(tx, notice, nextAt)))) continue;
      const sending = await server.send(notice);
      switch (sending.outcome) {
        case "accepted":
          await this.#finish(notice, "notice-sent");
          this.#sent += 1;
          break;
        case "refused":
          await this.#giveUp(notice, sending.detail);
          break;
        case "failed":
          this.#parts.log.warn("notice-failed", { kind: notice.kind, tries: notice.tries + 1, detail: sending.detail });
          if (nextAt >= notice.queuedAt + this.#parts.giveUpMs) await this.#giveUp(notice, sending.detail);
          break;
        default:
          sending satisfies never;
      }
    }
  }

  async #giveUp(notice: QueuedNotice, why: string): Promise<void> {
    await this.#finish(notice, "notice-not-sent", why);
    this.#givenUp += 1;
  }

  async #finish(notice: QueuedNotice, act: "notice-sent" | "notice-not-sent", why?: string): Promise<void> {
    const { id, kind, holder, recipient } = notice;
    const detail = JSON.stringify({ kind, to: recipient, notice: id, ...(why === undefined ? {} : { why }) });
    await this.#parts.store.write(async tx => {
      await removeNotice(tx, id);
      await appendTrail(tx, { at: this.#parts.clock.now(), act, holder, detail });
    });
  }
}
