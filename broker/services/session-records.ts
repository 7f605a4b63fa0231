import { assuranceOf, type Means } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import type { RecordedAct } from "./administrator-act.ts";
import type { Workstation } from "./enrolments.ts";

/** What the trail says of whatever happens to a session. `workstation`: where, if it happens at one. */
export function recordOf(session: Session, workstation: Workstation | undefined, at: number) {
  const { holder, means, secondFactor, activity, breakGlass } = session;
  return {
    ...actIn(session, workstation, at),
    holder: holder.id,
    secondFactor,
    activity: activity?.id,
    ...(means === "break-glass" ? { breakGlass: breakGlass?.id, identity: "claimed" as const } : {}),
  };
}

/** When, how and where, without who. */
export function actIn({ means, id }: Session, workstation: Workstation | undefined, at: number): RecordedAct {
  return {
    at,
    means,
    assurance: assuranceOf(means),
    session: id,
    workstation: workstation?.id,
    place: workstation?.place,
  };
}

/** Somebody has proved himself here, in whatever session. */
export function proofAt({ id: workstation, place }: Workstation, means: Means, at: number) {
  return { at, means, assurance: assuranceOf(means), workstation, place };
}
