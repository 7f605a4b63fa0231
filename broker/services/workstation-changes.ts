import { Failure } from "../../core/errors/failure.ts";
import { sessionAt } from "../store/session-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { forgetWorkstationState } from "../store/workstation-state-table.ts";
import type { AdministratorAct } from "./administrator-act.ts";
import type { Enrolments } from "./enrolments.ts";
import type { PushHub } from "./push-hub.ts";
import type { Sessions } from "./sessions.ts";

interface Parts {
  readonly store: Store;
  readonly enrolments: Enrolments;
  readonly sessions: Sessions;
  readonly hub: PushHub;
}

/** It stands in another place from now on, recorded. Rejects with `workstation-unknown`. */
export async function moveWorkstation(
  { store, enrolments, hub }: Parts,
  id: string,
  place: string,
  reason: string,
  act: AdministratorAct,
): Promise<void> {
  const moved = await knownWorkstation(enrolments, id);
  await store.write(async tx => {
    await tx.updateTable("workstation").set({ place }).where("id", "=", id).execute();
    const detail = `${moved.name}: ${moved.place} → ${place}; ${reason}`;
    await appendTrail(tx, { ...act, act: "workstation-moved", detail });
  });
  // It says hello again, and is told.
  hub.drop(id);
}

/**
 * Its key opens nothing any more, recorded; its line is closed, and a seat on it is covered: the session waits for its holder
 * elsewhere. Rejects with `workstation-unknown`.
 */
export async function withdrawWorkstation(
  { store, enrolments, sessions, hub }: Parts,
  id: string,
  reason: string,
  act: AdministratorAct,
): Promise<void> {
  const gone = await knownWorkstation(enrolments, id);
  const seated = await sessionAt(store.db, id);
  await store.write(async tx => {
    await tx.deleteFrom("workstation").where("id", "=", id).execute();
    await forgetWorkstationState(tx, id);
    await appendTrail(tx, {
      ...act,
      act: "workstation-withdrawn",
      detail: `${gone.name} (${id}) at ${gone.place}; ${reason}`,
    });
  });
  hub.drop(id);
  if (seated?.seat !== undefined) await sessions.cover(gone, seated.seat.id, "workstation-withdrawn", 0);
}

async function knownWorkstation(enrolments: Enrolments, id: string) {
  const known = await enrolments.byId(id);
  if (known === undefined) throw new Failure("workstation-unknown", { detail: id });
  return known;
}
