import { Failure } from "../../core/errors/failure.ts";
import type { AdministratorAct } from "../services/administrator-act.ts";
import { withdrawLoss } from "../store/lost-card-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";

/** The card was found: it counts again. Rejects with `request-malformed` where none was reported lost. */
export async function withdrawLostCard(
  store: Store,
  holder: string,
  reason: string,
  act: AdministratorAct,
): Promise<void> {
  await store.write(async tx => {
    if (!(await withdrawLoss(tx, holder))) throw new Failure("request-malformed", { detail: "not reported lost" });
    await appendTrail(tx, { ...act, act: "card-loss-withdrawn", holder, detail: reason });
  });
}
