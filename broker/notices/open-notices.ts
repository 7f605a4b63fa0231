import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { House } from "../services/house.ts";
import { nodeTimers } from "../services/node-timers.ts";
import type { Store } from "../store/store.ts";
import { smtpServer } from "./mail-server.ts";
import type { NoticeConfiguration } from "./notice-configuration.ts";
import { NoticeDelivery } from "./notice-delivery.ts";
import { type QueueNotice, queueNotices } from "./queue-notice.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly house: Pick<House, "places">;
  readonly timeZone: string | undefined;
}

/** Notices at work. */
export interface OpenNotices {
  readonly queue: QueueNotice;
  /** Absent: none are configured. */
  readonly delivery: NoticeDelivery | undefined;
  close(): Promise<void>;
}

export function openNotices(configuration: NoticeConfiguration | undefined, parts: Parts): OpenNotices {
  if (configuration === undefined) return { queue: async () => {}, delivery: undefined, close: async () => {} };
  const { store, clock, log } = parts;
  const server = smtpServer(configuration);
  const giveUpMs = configuration.giveUpHours * 3_600_000;
  const delivery = new NoticeDelivery({ server, store, clock, timers: nodeTimers, log, giveUpMs });
  return { queue: queueNotices({ ...parts, configuration }), delivery, close: () => delivery.close() };
}
