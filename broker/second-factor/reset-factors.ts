import { Failure } from "../../core/errors/failure.ts";
import type { AdministratorAct } from "../services/administrator-act.ts";
import { noteFactorChange } from "../store/second-factor-notice-table.ts";
import { removeFactorsOf } from "../store/second-factor-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";

/** The helpdesk takes all that a holder has registered away: his phone or his key is lost. Rejects with `request-malformed` where there is nothing. */
export async function resetFactors(store: Store, holder: string, reason: string, act: AdministratorAct): Promise<void> {
  await store.write(async tx => {
    const removed = await removeFactorsOf(tx, holder);
    if (removed === 0) throw new Failure("request-malformed", { detail: "nothing is registered" });
    await noteFactorChange(tx, holder, act.at);
    await appendTrail(tx, { ...act, act: "second-factors-reset", holder, detail: reason });
  });
}
