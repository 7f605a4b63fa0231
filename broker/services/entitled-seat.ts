import type { FailureCode } from "../../core/errors/catalogue.ts";
import { asFailure } from "../../core/errors/failure.ts";
import type { Session } from "../../core/session/session.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Enrolments, Workstation } from "./enrolments.ts";
import type { Launches } from "./launches.ts";
import type { Sessions } from "./sessions.ts";

interface Parts {
  readonly sessions: Sessions;
  readonly enrolments: Enrolments;
  readonly launches: Launches;
}

/** Who sits at a browser's seat, as far as one application is concerned. */
export type SeatsHolder =
  | { readonly state: "nobody" }
  /** The denial is in the trail. */
  | { readonly state: "not-entitled" }
  | {
      readonly state: "entitled";
      readonly session: Session;
      readonly workstation: Workstation;
      /** Of the decision, for the transaction of what follows from it. */
      readonly record: TrailRecord;
    };

/** Before an activity is chosen, nothing opens. */
const notEntitled: ReadonlySet<FailureCode> = new Set(["application-not-entitled", "activity-not-chosen"]);

/** The holder of the open seat, and whether he is entitled to this application: decided anew. */
export async function entitledSeat(
  { sessions, enrolments, launches }: Parts,
  seat: string | undefined,
  application: string,
): Promise<SeatsHolder> {
  const session = seat === undefined ? undefined : await sessions.openSeat(seat);
  const workstation = session?.seat === undefined ? undefined : await enrolments.byId(session.seat.workstation);
  if (session === undefined || workstation === undefined) return { state: "nobody" };
  try {
    return {
      state: "entitled",
      session,
      workstation,
      record: await launches.decide(session, workstation, application),
    };
  } catch (problem) {
    if (notEntitled.has(asFailure(problem).code)) return { state: "not-entitled" };
    throw problem;
  }
}
