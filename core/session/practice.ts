import type { Activity } from "./activity.ts";
import type { SessionHolder } from "./session.ts";

/** As what a holder practises in a session: what policies decide on, and what applications are told. */
export interface Practice {
  /** A code of table G15; without one, the profession's name. */
  readonly profession: string | undefined;
  readonly speciality: string | undefined;
  /** Struct_IdNat. */
  readonly structure: string | undefined;
  readonly structureName: string | undefined;
}

type PractisingHolder = Pick<
  SessionHolder,
  "profession" | "professionCode" | "speciality" | "structure" | "structureName"
>;
type PractisedActivity = Pick<Activity, "profession" | "speciality" | "structure" | "structureName">;

/**
 * The chosen activity counts in place of what the card says. One without a profession is of the card's; a speciality belongs to its
 * profession, and is not carried over to another one. Where it is practised, the activity alone says: whoever works in his own
 * surgery does not act for the hospital that is on his card.
 */
export function practiceOf(holder: PractisingHolder, activity: Partial<PractisedActivity> | undefined): Practice {
  const ofCard = holder.professionCode?.toString() ?? (holder.profession === "" ? undefined : holder.profession);
  const profession = activity?.profession ?? ofCard;
  const { structure, structureName } = activity ?? holder;
  return {
    profession,
    speciality: activity?.speciality ?? (profession === ofCard ? holder.speciality : undefined),
    structure,
    structureName,
  };
}
