import { namedHolder } from "../fallback/fallback-overview.ts";
import { type House, placeOf } from "../services/house.ts";
import { newIdentifier } from "../services/identifiers.ts";
import { addNotice } from "../store/notice-table.ts";
import type { Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Notice } from "./notice.ts";
import type { NoticeConfiguration } from "./notice-configuration.ts";
import { type Addressed, noticeRecipients } from "./notice-recipients.ts";
import { noticeText } from "./notice-text.ts";

/**
 * Has everybody told whom the rules name for this kind of notice, in the transaction of what it tells of: both are there or neither
 * is. Nothing is sent here, so nothing waits for a mail server. Where no notices are configured it does nothing.
 */
export type QueueNotice = (tx: Writing, notice: Notice) => Promise<void>;

interface Parts {
  readonly configuration: NoticeConfiguration;
  readonly house: Pick<House, "places">;
  readonly timeZone: string | undefined;
}

/** Puts notices into the outbox, one mail an address; whoever cannot be told stands in the trail. */
export function queueNotices({ configuration, house, timeZone }: Parts): QueueNotice {
  return async (tx, notice) => {
    const about = "holder" in notice ? notice.holder : undefined;
    const person = about === undefined ? undefined : (await namedHolder(tx, about)).displayName;
    const place = notice.place === undefined ? undefined : placeOf(house, notice.place);
    for (const one of await recipientsOf(tx, notice, configuration)) {
      const { recipient } = one;
      if ("missing" in one) {
        const detail = JSON.stringify({ kind: notice.kind, to: recipient, why: one.missing });
        await appendTrail(tx, { at: notice.at, act: "notice-not-sent", holder: about, detail });
        continue;
      }
      const written = noticeText(notice, {
        language: one.language ?? configuration.language,
        timeZone,
        person,
        reader: one.name,
        isPersonReading: recipient === "holder",
        placeName: place?.name ?? notice.place ?? "",
        phone: place?.helpdeskPhone,
      });
      const { address } = one;
      const { kind, at: queuedAt } = notice;
      await addNotice(tx, { id: newIdentifier(), kind, holder: about, recipient, address, ...written, queuedAt });
    }
  };
}

async function recipientsOf(
  tx: Writing,
  notice: Notice,
  { rules }: NoticeConfiguration,
): Promise<readonly Addressed[]> {
  switch (notice.kind) {
    case "fallback-issued":
    case "break-glass-used":
      return noticeRecipients(tx, notice.holder, rules[notice.kind]);
    case "fallback-alarm":
      return rules[notice.kind].addresses.map(address => ({ recipient: "desk", address }));
    default:
      return notice satisfies never;
  }
}
