import type { Insertable, Selectable } from "kysely";
import type { SecondFactor } from "../../core/second-factor/second-factor.ts";
import type { Activity } from "../../core/session/activity.ts";
import type { Means } from "../../core/session/means.ts";
import type { Session, SessionHolder } from "../../core/session/session.ts";
import { type EntryStanding, entryStandings } from "../../protocol/broker/console/directory-view.ts";
import { containing } from "./containing.ts";
import type { Schema } from "./schema.ts";
import type { Db, Writing } from "./store.ts";

type Row = Selectable<Schema["session"]>;

export async function sessionOfHolder(db: Db, holder: string): Promise<Session | undefined> {
  return read(await db.selectFrom("session").selectAll().where("holder", "=", holder).executeTakeFirst());
}

/** The session that somebody opened in this holder's name without proof. */
export async function claimedSessionOf(db: Db, holder: string): Promise<Session | undefined> {
  return sessionOfHolder(db, claimed(holder));
}

/** The session in which this glass is broken. */
export async function sessionOfGlass(db: Db, glass: string): Promise<Session | undefined> {
  return read(await db.selectFrom("session").selectAll().where("break_glass", "=", glass).executeTakeFirst());
}

export async function sessionById(db: Db, id: string): Promise<Session | undefined> {
  return read(await db.selectFrom("session").selectAll().where("id", "=", id).executeTakeFirst());
}

export async function sessionAt(db: Db, workstation: string): Promise<Session | undefined> {
  return read(
    await db.selectFrom("session").selectAll().where("seat_workstation", "=", workstation).executeTakeFirst(),
  );
}

export async function sessionOfSeat(db: Db, seat: string): Promise<Session | undefined> {
  return read(await db.selectFrom("session").selectAll().where("seat", "=", seat).executeTakeFirst());
}

export async function expiredSessions(db: Db, now: number): Promise<Session[]> {
  const rows = await db.selectFrom("session").selectAll().where("expires_at", "<=", now).execute();
  return rows.map(row => read(row)).filter(session => session !== undefined);
}

/**
 * Sessions whose holder the directory has disabled or lost; with `unknownToo` those as well whom it does not know. Each is two
 * look-ups by holder: by his identifier, and by those that are aliases of his.
 */
export async function sessionsInDoubt(db: Db, unknownToo: boolean): Promise<Session[]> {
  const rows = await db
    .selectFrom("session")
    .selectAll()
    .where(({ eb, exists, selectFrom, not, or, and }) => {
      const isSaid = (standings: readonly EntryStanding[]) =>
        or([
          exists(
            selectFrom("directory_entry as entry")
              .select("entry.key")
              .whereRef("entry.holder", "=", "session.holder")
              .where("entry.standing", "in", standings),
          ),
          exists(
            selectFrom("holder_alias as alias")
              .innerJoin("directory_entry as entry", "entry.holder", "alias.identifier")
              .select("entry.key")
              .whereRef("alias.holder", "=", "session.holder")
              .where("entry.standing", "in", standings),
          ),
        ]);
      const isKnown = unknownToo ? eb.lit(true) : isSaid(entryStandings);
      return or([isSaid(["disabled"]), and([not(isSaid(["active"])), isKnown])]);
    })
    .execute();
  return rows.map(row => read(row)).filter(session => session !== undefined);
}

export async function sessionsByMeans(db: Db, means: Means): Promise<readonly Session[]> {
  const rows = await db.selectFrom("session").selectAll().where("means", "=", means).execute();
  return rows.map(row => read(row)).filter(session => session !== undefined);
}

/** Who has a seat at these workstations, by workstation. */
export async function sessionsAt(
  db: Db,
  workstations: readonly string[],
): Promise<ReadonlyMap<string, { readonly displayName: string; readonly state: "open" | "covered" }>> {
  if (workstations.length === 0) return new Map();
  const rows = await db.selectFrom("session").selectAll().where("seat_workstation", "in", workstations).execute();
  const seated = rows.flatMap(row => read(row) ?? []);
  return new Map(
    seated.flatMap(({ seat, holder }) =>
      seat === undefined ? [] : [[seat.workstation, { displayName: holder.displayName, state: seat.state }] as const],
    ),
  );
}

export async function saveSession(tx: Writing, session: Session): Promise<void> {
  const { id, ...rest } = rowOf(session);
  await tx
    .insertInto("session")
    .values({ id, ...rest })
    .onConflict(conflict => conflict.column("id").doUpdateSet(rest))
    .execute();
}

/** Leaves all else of the session as it is. */
export async function saveGlassOf(tx: Writing, id: string, glass: Session["breakGlass"]): Promise<void> {
  const change = { break_glass: glass?.id ?? null, break_glass_until: glass?.until ?? null };
  await tx.updateTable("session").set(change).where("id", "=", id).execute();
}

/** Leaves all else of the session as it is. */
export async function saveActivity(tx: Writing, id: string, activity: Activity | undefined): Promise<void> {
  const activity_json = activity === undefined ? null : JSON.stringify(activity);
  await tx.updateTable("session").set({ activity_json }).where("id", "=", id).execute();
}

export async function deleteSession(tx: Writing, id: string): Promise<void> {
  await tx.deleteFrom("session").where("id", "=", id).execute();
}

function read(row: Row | undefined): Session | undefined {
  if (row === undefined) return undefined;
  const seat =
    row.seat === null || row.seat_workstation === null
      ? undefined
      : {
          id: row.seat,
          workstation: row.seat_workstation,
          state: row.seat_state === "open" ? ("open" as const) : ("covered" as const),
        };
  return {
    id: row.id,
    holder: JSON.parse(row.holder_json) as SessionHolder,
    means: row.means as Means,
    secondFactor: (row.second_factor as SecondFactor | null) ?? undefined,
    activity: row.activity_json === null ? undefined : (JSON.parse(row.activity_json) as Activity),
    openedAt: row.opened_at,
    provenAt: row.proven_at ?? row.opened_at,
    expiresAt: row.expires_at,
    seat,
    absentSince: row.absent_since ?? undefined,
    ...(row.break_glass === null || row.break_glass_until === null
      ? {}
      : { breakGlass: { id: row.break_glass, until: row.break_glass_until } }),
  };
}

/** A holder has one session; what is opened in his name without proof is another one, and in the way of none. */
function claimed(holder: string): string {
  return `claimed:${holder}`;
}

function rowOf(session: Session): Insertable<Schema["session"]> {
  return {
    id: session.id,
    holder: session.means === "break-glass" ? claimed(session.holder.id) : session.holder.id,
    holder_json: JSON.stringify(session.holder),
    means: session.means,
    second_factor: session.secondFactor ?? null,
    activity_json: session.activity === undefined ? null : JSON.stringify(session.activity),
    opened_at: session.openedAt,
    proven_at: session.provenAt,
    expires_at: session.expiresAt,
    seat: session.seat?.id ?? null,
    seat_workstation: session.seat?.workstation ?? null,
    seat_state: session.seat?.state ?? null,
    absent_since: session.absentSince ?? null,
    break_glass: session.breakGlass?.id ?? null,
    break_glass_until: session.breakGlass?.until ?? null,
  };
}

/** The newest sessions whose holder or workstation contains `search`, with the names of their workstations, and how many there are. */
export async function newestSessions(
  db: Db,
  search: string,
  most: number,
): Promise<{ count: number; listed: readonly { session: Session; workstationName: string | undefined }[] }> {
  const found = db
    .selectFrom("session")
    .leftJoin("workstation", "workstation.id", "session.seat_workstation")
    .where(where => where.or([containing("session.holder_json", search), containing("workstation.name", search)]));
  const { count } = await found.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  const rows = await found
    .selectAll("session")
    .select("workstation.name as workstation_name")
    .orderBy("session.opened_at", "desc")
    .limit(most)
    .execute();
  const listed = rows.flatMap(({ workstation_name: name, ...row }) => {
    const session = read(row);
    return session === undefined ? [] : [{ session, workstationName: name ?? undefined }];
  });
  return { count, listed };
}
