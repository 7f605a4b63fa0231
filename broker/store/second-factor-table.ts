import type { Selectable } from "kysely";
import type { SecondFactor } from "../../core/second-factor/second-factor.ts";
import type { Schema } from "./schema.ts";
import type { Db, Writing } from "./store.ts";

interface Registered {
  readonly id: string;
  readonly holder: string;
  readonly registeredAt: number;
  readonly usedAt: number | undefined;
  /** The last time step whose code was used, or the key's own counter. */
  readonly counter: number;
}

/** An authenticator application. */
export interface TotpFactor extends Registered {
  readonly kind: "totp";
  /** The secret, sealed for its `id`. */
  readonly sealed: string;
}

/** A security key. */
export interface KeyFactor extends Registered {
  readonly kind: "security-key";
  /** As its holder calls it. */
  readonly name: string;
  /** Base64url, as the key has it. */
  readonly credential: string;
  /** COSE_Key, base64url. */
  readonly publicKey: string;
  readonly transports: readonly string[];
}

export type RegisteredFactor = TotpFactor | KeyFactor;

/** What a holder has registered, in its order. */
export async function factorsOf(db: Db, holder: string): Promise<readonly RegisteredFactor[]> {
  const rows = await db
    .selectFrom("second_factor")
    .selectAll()
    .where("holder", "=", holder)
    .orderBy("registered_at")
    .orderBy("id")
    .execute();
  return rows.map(read);
}

export async function addFactor(tx: Writing, factor: RegisteredFactor): Promise<void> {
  const { id, holder, kind, registeredAt, usedAt, counter, ...facts } = factor;
  const row = { id, holder, kind, registered_at: registeredAt, used_at: usedAt ?? null, counter };
  await tx
    .insertInto("second_factor")
    .values({ ...row, facts_json: JSON.stringify(facts) })
    .execute();
}

/** True where there was one. */
export async function removeFactor(tx: Writing, holder: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("second_factor")
    .where("holder", "=", holder)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function removeFactorsOf(tx: Writing, holder: string, kind?: SecondFactor): Promise<number> {
  const all = tx.deleteFrom("second_factor").where("holder", "=", holder);
  const chosen = kind === undefined ? all : all.where("kind", "=", kind);
  return Number((await chosen.executeTakeFirst()).numDeletedRows);
}

/**
 * Writes that it was used: with the time step of a code, or with a key's counter. False where it was removed meanwhile, or its counter
 * does not go up: the same code again, or a key that was copied. A key that counts nothing says 0 each time (WebAuthn, section 7.2).
 */
export async function useFactor(tx: Writing, id: string, counter: number, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("second_factor")
    .set({ counter, used_at: at })
    .where("id", "=", id)
    .where("counter", counter === 0 ? "=" : "<", counter)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function read(row: Selectable<Schema["second_factor"]>): RegisteredFactor {
  const { id, holder, kind, registered_at, used_at, counter } = row;
  const known = { id, holder, kind, registeredAt: registered_at, usedAt: used_at ?? undefined, counter };
  return { ...known, ...(JSON.parse(row.facts_json) as object) } as RegisteredFactor;
}
