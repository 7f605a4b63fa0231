import { fallbackTransition } from "../../core/fallback/fallback-transition.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { livingFallbackOf, saveFallback } from "../store/fallback-table.ts";
import type { Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";

/** The holder has used his card: his temporary access ends, in the transaction that lets the card in. */
export async function endByCard(
  tx: Writing,
  holder: string,
  about: Pick<TrailRecord, "at" | "means" | "assurance" | "workstation" | "place">,
): Promise<void> {
  const kept = await livingFallbackOf(tx, holder);
  if (kept === undefined) return;
  const outcome = fallbackTransition(kept.fallback, { type: "card-used", at: about.at });
  if (outcome.outcome !== "changed") return;
  await saveFallback(tx, outcome.fallback);
  const { id, state } = outcome.fallback;
  await appendTrail(tx, { ...about, act: "fallback-ended", holder, fallback: id, detail: state });
}
