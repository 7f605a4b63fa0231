import type { Selectable } from "kysely";
import type { Schema } from "./schema.ts";
import type { Db, Writing } from "./store.ts";

/** One application's sign-in from a seat: what has to be undone when the card goes, or when the session ends. */
export interface ApplicationSignIn {
  /** Of oidc-provider: everything that this sign-in gave belongs to it. */
  readonly grant: string;
  /** Of oidc-provider; by its `uid`. */
  readonly providerSession: string;
  readonly clientId: string;
  readonly application: string;
  readonly logoutAt: "removal" | "end";
  /** PS_IdNat. */
  readonly holder: string;
  /** As the ID token names this sign-in. */
  readonly sid: string;
  readonly session: string;
  readonly seat: string;
}

type Row = Selectable<Schema["application_sign_in"]>;

/** The same grant again is the same sign-in, renewed. */
export async function enterSignIn(tx: Writing, signIn: ApplicationSignIn): Promise<void> {
  const { grant, providerSession, clientId, logoutAt, ...same } = signIn;
  const rest = { provider_session: providerSession, client_id: clientId, logout_at: logoutAt, ...same };
  await tx
    .insertInto("application_sign_in")
    .values({ grant_id: grant, ...rest })
    .onConflict(conflict => conflict.column("grant_id").doUpdateSet(rest))
    .execute();
}

export async function signInOf(db: Db, grant: string): Promise<ApplicationSignIn | undefined> {
  const row = await db.selectFrom("application_sign_in").selectAll().where("grant_id", "=", grant).executeTakeFirst();
  return row === undefined ? undefined : read(row);
}

export async function allSignIns(db: Db): Promise<ApplicationSignIn[]> {
  return (await db.selectFrom("application_sign_in").selectAll().execute()).map(read);
}

/** Whether this provider session still holds another sign-in. */
export async function holdsSignIns(db: Db, providerSession: string): Promise<boolean> {
  const of = db.selectFrom("application_sign_in").select("grant_id").where("provider_session", "=", providerSession);
  return (await of.limit(1).executeTakeFirst()) !== undefined;
}

/** Takes out what ends with the seat's card. */
export async function takeSignInsAtRemoval(tx: Writing, seat: string): Promise<ApplicationSignIn[]> {
  const taking = tx.deleteFrom("application_sign_in").where("seat", "=", seat).where("logout_at", "=", "removal");
  return (await taking.returningAll().execute()).map(read);
}

/** Takes out what ends with the session, in whatever seat. */
export async function takeSignInsAtEnd(tx: Writing, session: string): Promise<ApplicationSignIn[]> {
  const taking = tx.deleteFrom("application_sign_in").where("session", "=", session);
  return (await taking.returningAll().execute()).map(read);
}

/** Takes out what ends of a session: these applications. */
export async function takeSignInsOfApplications(
  tx: Writing,
  session: string,
  applications: readonly string[],
): Promise<ApplicationSignIn[]> {
  if (applications.length === 0) return [];
  const taking = tx.deleteFrom("application_sign_in").where("session", "=", session);
  return (await taking.where("application", "in", applications).returningAll().execute()).map(read);
}

/** Takes out what the holder leaves: this one application, in this one browser. */
export async function takeSignInsOfClient(
  tx: Writing,
  providerSession: string,
  clientId: string,
): Promise<ApplicationSignIn[]> {
  const taking = tx
    .deleteFrom("application_sign_in")
    .where("provider_session", "=", providerSession)
    .where("client_id", "=", clientId);
  return (await taking.returningAll().execute()).map(read);
}

function read(row: Row): ApplicationSignIn {
  const { grant_id: grant, provider_session: providerSession, client_id: clientId, logout_at, ...same } = row;
  return { grant, providerSession, clientId, logoutAt: logout_at === "end" ? "end" : "removal", ...same };
}
