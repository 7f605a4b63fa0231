import { openPostgresql, type StoreUser } from "./open-postgresql.ts";
import { openSqlite } from "./open-sqlite.ts";
import type { PostgresqlConfiguration } from "./postgresql-configuration.ts";
import type { StoreEngine } from "./store-engine.ts";

/** The engine that a broker's configuration names: a SQLite file where it names no database. */
export async function openEngine(
  { store, postgresql }: { readonly store: string; readonly postgresql?: PostgresqlConfiguration | undefined },
  user: StoreUser,
): Promise<StoreEngine> {
  return postgresql === undefined ? openSqlite(store) : openPostgresql(postgresql, user);
}
