import type { Db, Writing } from "./store.ts";

export interface Launch {
  readonly session: string;
  readonly application: string;
  readonly workstation: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Where an application of a session was opened last. */
export interface OpenedAt {
  readonly workstation: string;
  readonly workstationName: string;
}

/** An application that is open already is open at this workstation from now on. */
export async function rememberLaunch(tx: Writing, { session, application, workstation, at }: Launch): Promise<void> {
  await tx
    .insertInto("launch")
    .values({ session, application, workstation, opened_at: at })
    .onConflict(conflict => conflict.columns(["session", "application"]).doUpdateSet({ workstation }))
    .execute();
}

/** The applications of a session that are open, each with where. */
export async function openApplications(db: Db, session: string): Promise<ReadonlyMap<string, OpenedAt>> {
  const rows = await db
    .selectFrom("launch")
    .leftJoin("workstation", "workstation.id", "launch.workstation")
    .select(["launch.application", "launch.workstation", "workstation.name"])
    .where("launch.session", "=", session)
    .execute();
  return new Map(
    rows.map(({ application, workstation, name }) => [
      application,
      { workstation: workstation ?? "", workstationName: name ?? "" },
    ]),
  );
}
