import type { FailureCode } from "../../core/errors/catalogue.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import { openGlassOf } from "../../core/session/session-rules.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { rememberGlassLaunch } from "../store/break-glass-table.ts";
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
      // Nobody has proved who opened it: all that is done in it is done by whom somebody named.
      ...(means === "break-glass" ? { breakGlass: session.breakGlass?.id, identity: "claimed" as const } : {}),
    };
    if (builtIn.applicationsOf(session).some(({ id }) => id === application))
      return { ...record, act: "application-launched" };
    if (mustChoose) return this.#deny({ ...record, act: "launch-denied", code: "activity-not-chosen" });
    const { decision, byGlass } = await entitlements.decide(askingOf(session, workstation, at), application);
    const policy = decidedBy(decision);
    const breakGlass = byGlass === true || means === "break-glass" ? session.breakGlass?.id : undefined;
    // Before anything opens by it: whoever ends the glass closes what it opened, and whoever reviews it sees it.
    if (decision.permitted && breakGlass !== undefined)
      await this.#parts.store.write(tx => rememberGlassLaunch(tx, breakGlass, application, at));
    if (decision.permitted)
      return {
        ...record,
        policy,
        ...(breakGlass === undefined ? {} : { breakGlass }),
        act: "application-launched",
      };
    return this.#deny({ ...record, policy, act: "launch-denied", code: "application-not-entitled" });
  }

  async #deny(denied: TrailRecord & { readonly code: FailureCode }): Promise<never> {
    await this.#parts.store.write(tx => appendTrail(tx, denied));
    throw new Failure(denied.code, denied.policy === undefined ? {} : { detail: denied.policy });
  }
}

export function askingOf(session: Session, workstation: Workstation, at: number): Asking {
  const { holder, means, secondFactor, activity } = session;
  const isRaised = means !== "break-glass" && openGlassOf(session, at) !== undefined;
  return {
    ...{ holder, means, secondFactor, activity, place: workstation.place, workstation, at },
    ...(isRaised ? { breakGlass: "open" as const } : {}),
  };
}
