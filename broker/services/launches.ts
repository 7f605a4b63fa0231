import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Administrators } from "./administrators.ts";
import type { Workstation } from "./enrolments.ts";
import { type Asking, decidedBy, type Entitlements } from "./entitlements.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly entitlements: Entitlements;
  readonly administrators: Administrators;
}

/** Decides each launch when it happens, whatever the portal showed; a denial is recorded with the policies that decided. */
export class Launches {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The trail record of a permitted launch, for its effect's transaction. Rejects with `application-not-entitled`, recorded. */
  async decide(session: Session, workstation: Workstation, application: string): Promise<TrailRecord> {
    const { store, clock, entitlements, administrators } = this.#parts;
    const at = clock.now();
    const { means } = session;
    const record = {
      at,
      holder: session.holder.id,
      means,
      assurance: assuranceOf(means),
      session: session.id,
      workstation: workstation.id,
      place: workstation.place,
      application,
    };
    // The console is not the policies' to give: whoever writes them would open it to himself.
    if (administrators.applicationsOf(session).some(({ id }) => id === application))
      return { ...record, act: "application-launched" };
    const { decision } = await entitlements.decide(askingOf(session, workstation, at), application);
    const policy = decidedBy(decision);
    if (decision.permitted) return { ...record, policy, act: "application-launched" };
    const denied = { ...record, policy, act: "launch-denied", code: "application-not-entitled" } as const;
    await store.write(tx => appendTrail(tx, denied));
    throw new Failure("application-not-entitled", { detail: policy });
  }
}

export function askingOf({ holder, means }: Session, workstation: Workstation, at: number): Asking {
  return { holder, means, place: workstation.place, workstation, at };
}
