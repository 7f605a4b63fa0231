import type { Selectable } from "kysely";
import type { Notice, NoticeRecipient } from "../notices/notice.ts";
import type { Schema } from "./schema.ts";
import type { Db, Writing } from "./store.ts";

/** A mail to one address that waits to be sent. Times are milliseconds since 1970. */
export interface QueuedNotice {
  /** Also what makes its Message-ID, the same at every try. */
  readonly id: string;
  readonly kind: Notice["kind"];
  /** Whom it is about. */
  readonly holder: string | undefined;
  readonly recipient: NoticeRecipient;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly queuedAt: number;
  readonly tries: number;
}

export async function addNotice(tx: Writing, notice: Omit<QueuedNotice, "tries">): Promise<void> {
  const { id, kind, holder, recipient, address, subject, text, queuedAt } = notice;
  const columns = { id, kind, holder: holder ?? null, recipient, address, subject, text, queued_at: queuedAt };
  await tx
    .insertInto("notice")
    .values({ ...columns, tries: 0, next_try_at: queuedAt })
    .execute();
}

/** Those whose next try is due, the oldest first. */
export async function dueNotices(db: Db, now: number, most: number): Promise<readonly QueuedNotice[]> {
  const rows = await db
    .selectFrom("notice")
    .selectAll()
    .where("next_try_at", "<=", now)
    .orderBy("queued_at")
    .orderBy("id")
    .limit(most)
    .execute();
  return rows.map(read);
}

/** Takes a try, so that nobody else takes it too: false where somebody has. `nextAt`: when another may follow, should this one fail. */
export async function takeTry(tx: Writing, { id, tries }: QueuedNotice, nextAt: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("notice")
    .set({ tries: tries + 1, next_try_at: nextAt })
    .where("id", "=", id)
    .where("tries", "=", tries)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

export async function removeNotice(tx: Writing, id: string): Promise<void> {
  await tx.deleteFrom("notice").where("id", "=", id).execute();
}

/** How many wait, and since when the oldest. */
export async function noticesWaiting(db: Db): Promise<{ readonly count: number; readonly since: number | undefined }> {
  const row = await db
    .selectFrom("notice")
    .select(one => [one.fn.countAll<number>().as("count"), one.fn.min("queued_at").as("since")])
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), since: row.since === null ? undefined : Number(row.since) };
}

function read(row: Selectable<Schema["notice"]>): QueuedNotice {
  const { id, kind, holder, recipient, address, subject, text, queued_at, tries } = row;
  return { id, kind, holder: holder ?? undefined, recipient, address, subject, text, queuedAt: queued_at, tries };
}
