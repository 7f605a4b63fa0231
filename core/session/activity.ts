/**
 * One of the ways in which a holder practises, as a register knows it (Pro Santé Connect: an `activities[]` of
 * `SubjectRefPro.exercices[]`). A session stands under one of them at a time.
 */
export interface Activity {
  /** Stable at its source: the register's technical identifier, or one that an administrator gave. */
  readonly id: string;
  /** As the holder chooses it, e.g. `Cardiologist, Heart clinic`. */
  readonly label: string;
  /** A code of table G15. */
  readonly profession?: string | undefined;
  /** A code of a speciality (savoir-faire), e.g. `SM26`. */
  readonly speciality?: string | undefined;
  /** Struct_IdNat. */
  readonly structure?: string | undefined;
  readonly structureName?: string | undefined;
}

/** What policies are told of an activity. */
export type ActivityRoles = Pick<Activity, "id" | "profession" | "speciality" | "structure">;
