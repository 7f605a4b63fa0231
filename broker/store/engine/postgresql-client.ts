import { readFileSync } from "node:fs";
import pg from "pg";
import { isLocal, readPostgresqlAddress } from "./postgresql-address.ts";
import type { PostgresqlConfiguration } from "./postgresql-configuration.ts";

/** A server that does not take us for so long is away. */
const connectMs = 5_000;
/** As long as SQLite is waited for. */
const lockMs = 5_000;
const bigint = 20;

/**
 * How every connection to the database is made. TLS is on, and the server's certificate has to be its host's, except at a socket
 * or on loopback without `authority`. Throws where the files cannot be read.
 */
export function postgresqlClient({ address, passwordFile, authority }: PostgresqlConfiguration): pg.ClientConfig {
  const read = readPostgresqlAddress(address);
  if (typeof read === "string") throw new TypeError(read);
  const { host, port, user, database } = read;
  const plain = authority === undefined && isLocal(read);
  return {
    host,
    port,
    database,
    ...(user === undefined ? {} : { user }),
    ...(passwordFile === undefined ? {} : { password: () => readFileSync(passwordFile, "utf8").replace(/\r?\n$/, "") }),
    ssl: plain ? false : { host, ...(authority === undefined ? {} : { ca: readFileSync(authority, "utf8") }) },
    application_name: "wardkey",
    types: { getTypeParser: parserOf },
    connectionTimeoutMillis: connectMs,
    lock_timeout: lockMs,
    keepAlive: true,
    // The server lets go of the locks of a broker whose machine is gone, half a minute later.
    options: "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4",
  };
}

/** Whole numbers are numbers, as SQLite gives them. */
const parserOf: typeof pg.types.getTypeParser = (oid: number, format?: "text" | "binary") =>
  oid === bigint && format !== "binary" ? wholeNumber : pg.types.getTypeParser(oid, format as "text");

/** Throws a `RangeError` where a number cannot hold it. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${text} is no number that can be told apart from its neighbours`);
  return number;
}
