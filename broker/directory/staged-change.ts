import { knownPortions, stagedPortions } from "../store/directory-staging-table.ts";
import type { Db } from "../store/store.ts";

/** What taking over would change: persons and groups together. */
export interface StagedChange {
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  /** Persons who are active now. */
  readonly active: number;
  /** Those of them who would not be any more. */
  readonly losing: number;
}

/** Counts it, in portions. `everything`: what is not among the staged is gone. */
export async function stagedChange(db: Db, source: string, everything: boolean): Promise<StagedChange> {
  const count = { added: 0, changed: 0, gone: 0, active: 0, losing: 0 };
  for await (const portion of stagedPortions(db, source)) {
    for (const { kind, standing, stood, same } of portion) {
      if (stood === undefined) count.added += 1;
      else if (!same && standing === "gone") count.gone += 1;
      else if (!same) count.changed += 1;
      if (kind === "person" && stood === "active" && standing !== "active") count.losing += 1;
    }
  }
  for await (const portion of knownPortions(db, source)) {
    for (const { kind, standing, isStaged } of portion) {
      const isActivePerson = kind === "person" && standing === "active";
      if (isActivePerson) count.active += 1;
      if (!everything || isStaged || standing === "gone") continue;
      count.gone += 1;
      if (isActivePerson) count.losing += 1;
    }
  }
  return count;
}
