import { Failure } from "../../core/errors/failure.ts";
import type { PausesView } from "../../protocol/broker/console/pauses.ts";
import type { AdministratorAct } from "../services/administrator-act.ts";
import { livingFallbackOf, livingFallbacks } from "../store/fallback-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { namedWorkstations } from "../store/workstation-table.ts";
import type { PasswordSignIns } from "./password-sign-ins.ts";

type Pausing = Pick<PasswordSignIns, "pauses" | "endPause">;

/**
 * Who has to wait before his next try. What was typed as a name may be anything, a password too: only names of holders with a living
 * access are told, as their holders.
 */
export async function pausesOverview(store: Store, passwords: Pausing | undefined, now: number): Promise<PausesView> {
  const { names, workstations } = passwords?.pauses() ?? { names: [], workstations: [] };
  const living = await livingFallbacks(store.db);
  const named = await namedWorkstations(
    store.db,
    workstations.map(({ key }) => key),
  );
  const holders = living.flatMap(({ fallback, names: his }) => {
    const until = Math.max(0, ...names.filter(({ key }) => his.includes(key)).map(pause => pause.until));
    return until === 0 ? [] : [{ ...fallback.holder, until }];
  });
  return {
    now,
    holders,
    workstations: workstations.map(({ key, until }) => ({ id: key, name: named.get(key)?.name ?? key, until })),
    otherNames: names.filter(({ key }) => !living.some(({ names: his }) => his.includes(key))).length,
  };
}

/** Lets somebody, or a workstation, try again at once; recorded. Rejects with `request-malformed` where the holder has no access. */
export async function endPause(
  store: Store,
  passwords: Pausing,
  what: { readonly kind: "holder" | "workstation"; readonly id: string },
  reason: string,
  act: AdministratorAct,
): Promise<void> {
  const kept = what.kind === "holder" ? await livingFallbackOf(store.db, what.id) : undefined;
  if (what.kind === "holder" && kept === undefined)
    throw new Failure("request-malformed", { detail: "no temporary access" });
  const about = what.kind === "holder" ? { holder: what.id, detail: reason } : { detail: `${what.id}: ${reason}` };
  await store.write(tx => appendTrail(tx, { ...act, act: "sign-in-pause-ended", ...about }));
  passwords.endPause(kept === undefined ? { workstation: what.id } : { names: kept.names });
}
