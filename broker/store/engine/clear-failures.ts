import type { PostgresPool, PostgresPoolClient } from "kysely";
import pg from "pg";
import { Failure } from "../../../core/errors/failure.ts";

/** Classes of SQLSTATE that say nothing of the statement: the connection, the server's resources, an operator, the system. */
const serverTrouble = ["08", "53", "57", "58", "XX"];

/**
 * The pool as Kysely asks for it, to which a server that is away or unwell is `trail-unavailable`. A connection on which an answer takes longer
 * than `longestMs` is given up. Not for cursors, whose reader sets the pace.
 */
export function withClearFailures(pool: pg.Pool, longestMs?: number): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch(unavailable);
      const clear = known.get(client) ?? clearClient(client, longestMs);
      known.set(client, clear);
      return clear;
    },
  };
}

function clearClient(client: pg.PoolClient, longestMs: number | undefined): PostgresPoolClient {
  const ask = client.query.bind(client) as (...words: readonly unknown[]) => unknown;
  const query = (...words: readonly unknown[]) => {
    const answer = ask(...words);
    // A cursor is answered at once.
    if (!(answer instanceof Promise)) return answer;
    // Not pg's own time limit, after which the late answer would still come, and which counts a cursor's whole life.
    const giveUp = () => void (client as unknown as pg.Client).end();
    const timer = longestMs === undefined ? undefined : setTimeout(giveUp, longestMs);
    return answer
      .catch(problem => (isServerTrouble(problem) ? unavailable(problem) : Promise.reject(problem)))
      .finally(() => clearTimeout(timer));
  };
  return { query: query as PostgresPoolClient["query"], release: destroy => client.release(destroy) };
}

/** What the server says of a statement is a `DatabaseError`; all else is about the connection. */
function isServerTrouble(problem: unknown): boolean {
  if (problem instanceof RangeError) return false;
  return !(problem instanceof pg.DatabaseError) || serverTrouble.includes(problem.code?.slice(0, 2) ?? "");
}

function unavailable(problem: unknown): never {
  throw new Failure("trail-unavailable", { detail: String(problem), cause: problem });
}
