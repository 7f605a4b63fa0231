import type { Clock } from "../../core/ports/clock.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { PinRenewedReport, RefusalReport } from "../../protocol/broker/session.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Workstation } from "./enrolments.ts";

/** What happened on a workstation alone, e.g. a wrong PIN: each report stands in the trail once, however often it is sent. */
export async function recordReport(
  store: Store,
  clock: Clock,
  { id: workstation, place }: Workstation,
  report: RefusalReport | PinRenewedReport,
): Promise<void> {
  const at = clock.now();
  await store.write(async tx => {
    const fresh = await tx
      .insertInto("refusal_report")
      .values({ report: report.report, at })
      .onConflict(conflict => conflict.column("report").doNothing())
      .executeTakeFirst();
    if ((fresh.numInsertedOrUpdatedRows ?? 0n) === 0n) return;
    await appendTrail(tx, { at, workstation, place, ...contentOf(report) }, namesIn(report));
  });
}

/** A certificate is as good as its holder's name. */
function namesIn(report: RefusalReport | PinRenewedReport): string[] {
  return "certificate" in report && report.certificate !== undefined ? [report.certificate] : [];
}

function contentOf(report: RefusalReport | PinRenewedReport): Pick<TrailRecord, "act" | "code" | "detail"> {
  if ("renewed" in report) return { act: "pin-renewed", detail: report.renewed };
  const { denied, code, certificate, triesLeft } = report;
  const act = denied === "step-up" ? "step-up-refused" : (`${denied}-denied` as const);
  return { act, code, detail: JSON.stringify({ certificate, triesLeft }) };
}
