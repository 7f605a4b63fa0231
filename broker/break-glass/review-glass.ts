import type { GlassFinding } from "../../core/break-glass/break-glass.ts";
import { breakGlassTransition } from "../../core/break-glass/break-glass-transition.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { AdministratorAct } from "../services/administrator-act.ts";
import { glassById, saveGlass } from "../store/break-glass-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";

/**
 * An auditor closes what somebody else has broken, with a finding. Rejects with `break-glass-second-person`, `break-glass-open`,
 * `break-glass-reviewed` and `request-malformed`.
 */
export async function reviewGlass(
  store: Store,
  id: string,
  { finding, words }: { readonly finding: GlassFinding; readonly words: string },
  act: AdministratorAct,
): Promise<void> {
  await store.write(async tx => {
    const glass = await glassById(tx, id);
    if (glass === undefined) throw new Failure("request-malformed", { detail: "no such emergency access" });
    const outcome = breakGlassTransition(glass, { type: "reviewed", by: act.by, finding, words, at: act.at });
    if (outcome.outcome === "refused") throw new Failure(outcome.code);
    if (outcome.outcome === "unchanged") return;
    await saveGlass(tx, outcome.glass);
    const detail = JSON.stringify({ finding, words });
    const { holder } = glass;
    await appendTrail(tx, { ...act, act: "break-glass-reviewed", holder: holder.id, breakGlass: id, detail });
  });
}
