import type { AdministratorAct } from "../services/administrator-act.ts";
import type { SessionEndings } from "../services/session-endings.ts";
import { holderBehind } from "../store/alias-table.ts";
import { reportLost } from "../store/lost-card-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";

/** Every card of the holder's that is valid now is refused from now on. */
export async function writeLoss(tx: Writing, holder: string, reason: string, act: AdministratorAct): Promise<void> {
  await reportLost(tx, { holder, reportedAt: act.at, by: act.by, reason });
  await appendTrail(tx, { ...act, act: "card-reported-lost", holder, detail: reason });
}

interface Parts {
  readonly store: Store;
  readonly sessionEndings: Pick<SessionEndings, "endOf">;
}

/** The card is lost, and nobody asks for a temporary access: it is refused, and the session that it opened ends. */
export async function reportLostCard(
  { store, sessionEndings }: Parts,
  identifier: string,
  reason: string,
  act: AdministratorAct,
): Promise<void> {
  const holder = await holderBehind(store.db, identifier);
  await store.write(tx => writeLoss(tx, holder, reason, act));
  await sessionEndings.endOf(holder, "withdrawn: card reported lost");
}
