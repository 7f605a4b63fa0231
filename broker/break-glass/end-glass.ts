import { type BreakGlassEvent, breakGlassTransition } from "../../core/break-glass/break-glass-transition.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { RecordedAct } from "../services/administrator-act.ts";
import { glassById, saveGlass } from "../store/break-glass-table.ts";
import type { Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";

/** What an event makes of a broken glass, in the transaction of what it comes from. True where it has ended it. */
export async function endGlass(
  tx: Writing,
  id: string,
  event: Exclude<BreakGlassEvent, { type: "reviewed" }>,
  about: RecordedAct,
): Promise<boolean> {
  const glass = await glassById(tx, id);
  if (glass === undefined) return false;
  const outcome = breakGlassTransition(glass, event);
  if (outcome.outcome === "refused") throw new Failure(outcome.code);
  if (outcome.outcome === "unchanged" || outcome.glass.state === "open") return false;
  await saveGlass(tx, outcome.glass);
  const { holder, end, endedAt, identity } = outcome.glass;
  const isRevoked = end === "revoked";
  await appendTrail(tx, {
    ...about,
    act: isRevoked ? "break-glass-revoked" : "break-glass-ended",
    holder: holder.id,
    breakGlass: id,
    ...(identity === "claimed" ? { identity } : {}),
    detail: isRevoked ? about.detail : JSON.stringify({ end, endedAt }),
  });
  return true;
}
