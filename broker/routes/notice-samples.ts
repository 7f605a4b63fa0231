import type { Clock } from "../../core/ports/clock.ts";
import type { NoticeDelivery } from "../notices/notice-delivery.ts";
import { noticesWaiting } from "../store/notice-table.ts";
import type { Store } from "../store/store.ts";
import { metric } from "./metric.ts";

interface NoticeSamplesParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly notices: NoticeDelivery | undefined;
}

/** How notices by mail fare; nothing where none are configured. */
export async function noticeSamples({ store, clock, notices }: NoticeSamplesParts): Promise<string[]> {
  if (notices === undefined) return [];
  const { count, since } = await noticesWaiting(store.db);
  const { sent, givenUp } = notices.counts;
  return [
    metric("wardkey_notices_waiting", "Mails that wait to be sent.", [{ value: count }]),
    metric("wardkey_notices_oldest_seconds", "How long the oldest of them waits.", [
      { value: since === undefined ? 0 : (clock.now() - since) / 1000 },
    ]),
    metric(
      "wardkey_notices_total",
      "Mails since the broker started, by how they came out.",
      [
        { labels: { outcome: "sent" }, value: sent },
        { labels: { outcome: "given-up" }, value: givenUp },
      ],
      "counter",
    ),
  ];
}
