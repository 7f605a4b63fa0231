import { type WorkstationState, workstationState } from "../../protocol/broker/push.ts";
import type { Db, Writing } from "./store.ts";

/** When a workstation was last seen, and what it said of itself then. */
export interface SeenWorkstation {
  readonly seenAt: number;
  /** Absent: an older agent, which does not say. */
  readonly state?: WorkstationState;
}

/** Without a state the last one stays. */
export async function rememberWorkstation(
  tx: Writing,
  workstation: string,
  seenAt: number,
  state?: WorkstationState,
): Promise<void> {
  const told = state === undefined ? {} : { state_json: JSON.stringify(state) };
  await tx
    .insertInto("workstation_state")
    .values({ workstation, seen_at: seenAt, state_json: null, ...told })
    .onConflict(conflict => conflict.column("workstation").doUpdateSet({ seen_at: seenAt, ...told }))
    .execute();
}

export async function forgetWorkstationState(tx: Writing, workstation: string): Promise<void> {
  await tx.deleteFrom("workstation_state").where("workstation", "=", workstation).execute();
}

/** Of these workstations, by identifier. */
export async function seenWorkstations(
  db: Db,
  workstations: readonly string[],
): Promise<ReadonlyMap<string, SeenWorkstation>> {
  if (workstations.length === 0) return new Map();
  const rows = await db.selectFrom("workstation_state").selectAll().where("workstation", "in", workstations).execute();
  return new Map(
    rows.map(({ workstation, seen_at: seenAt, state_json }) => {
      const state = state_json === null ? undefined : workstationState.safeParse(JSON.parse(state_json)).data;
      return [workstation, { seenAt, ...(state === undefined ? {} : { state }) }];
    }),
  );
}
