import type { Clock } from "../../core/ports/clock.ts";
import type { RefusalReport } from "../../protocol/broker/session.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Workstation } from "./enrolments.ts";

/** Refusals that happened on a workstation, e.g. a wrong PIN: each stands in the trail once, however often it is sent. */
export async function recordRefusal(
  store: Store,
  clock: Clock,
  workstation: Workstation,
  report: RefusalReport,
): Promise<void> {
  const at = clock.now();
  await store.write(async tx => {
    const fresh = await tx
      .insertInto("refusal_report")
      .values({ report: report.report, at })
      .onConflict(conflict => conflict.column("report").doNothing())
      .executeTakeFirst();
    if ((fresh.numInsertedOrUpdatedRows ?? 0n) === 0n) return;
    const { code, certificate, triesLeft } = report;
    const detail = JSON.stringify({ certificate, triesLeft });
    await appendTrail(tx, {
      at,
      act: "sign-in-denied",
      workstation: workstation.id,
      place: workstation.place,
      code,
      detail,
    });
  });
}
