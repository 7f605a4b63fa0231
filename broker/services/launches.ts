import type { FailureCode } from "../../core/errors/catalogue.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { BuiltInApplications } from "./built-in-applications.ts";
import type { Workstation } from "./enrolments.ts";
import { type Asking, decidedBy, type Entitlements } from "./entitlements.ts";
import type { SessionActivities } from "./session-activities.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly entitlements: Entitlements;
  readonly builtIn: BuiltInApplications;
  readonly activities: SessionActivities;
}

/** Decides each launch when it happens, whatever the portal showed; a denial is recorded with the policies that decided. */
export class Launches {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The trail record of a permitted launch, for its effect's transaction. Rejects with `application-not-entitled` or `activity-not-chosen`, recorded. */
  async decide(asked: Session, workstation: Workstation, application: string): Promise<TrailRecord> {
    const { clock, entitlements, builtIn, activities } = this.#parts;
    const at = clock.now();
    const { session, mustChoose } = await activities.settle(asked);
    const { means, secondFactor } = session;
    const record = {
      at,
      holder: session.holder.id,
      means,
      assurance: assuranceOf(means),
      secondFactor,
      session: session.id,
      workstation: workstation.id,
      place: workstation.place,
      application,
      activity: session.activity?.id,
    };
    if (builtIn.applicationsOf(session).some(({ id }) => id === application))
      return { ...record, act: "application-launched" };
    if (mustChoose) return this.#deny({ ...record, act: "launch-denied", code: "activity-not-chosen" });
    const { decision } = await entitlements.decide(askingOf(session, workstation, at), application);
    const policy = decidedBy(decision);
    if (decision.permitted) return { ...record, policy, act: "application-launched" };
    return this.#deny({ ...record, policy, act: "launch-denied", code: "application-not-entitled" });
  }

  async #deny(denied: TrailRecord & { readonly code: FailureCode }): Promise<never> {
    await this.#parts.store.write(tx => appendTrail(tx, denied));
    throw new Failure(denied.code, denied.policy === undefined ? {} : { detail: denied.policy });
  }
}

export function askingOf(
  { holder, means, secondFactor, activity }: Session,
  workstation: Workstation,
  at: number,
): Asking {
  return { holder, means, secondFactor, activity, place: workstation.place, workstation, at };
}
