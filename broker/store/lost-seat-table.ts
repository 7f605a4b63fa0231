import type { LostSeat, SeatLossReason } from "../../core/session/session.ts";
import type { Db, Writing } from "./store.ts";

/** `movedTo`: the workstation where the session sits from now on. */
export async function rememberLostSeat(
  tx: Writing,
  { seat, workstation, reason }: LostSeat,
  at: number,
  movedTo: string | undefined,
): Promise<void> {
  await tx
    .insertInto("lost_seat")
    .values({ seat, workstation, reason, at, moved_to: reason === "moved" ? (movedTo ?? null) : null })
    .execute();
}

/** How a seat was lost, where it was. */
export async function lossOfSeat(
  db: Db,
  seat: string,
): Promise<{ readonly reason: SeatLossReason; readonly at: number; readonly movedTo: string | null } | undefined> {
  const lost = await db.selectFrom("lost_seat").selectAll().where("seat", "=", seat).executeTakeFirst();
  return lost && { reason: lost.reason as SeatLossReason, at: lost.at, movedTo: lost.moved_to };
}
