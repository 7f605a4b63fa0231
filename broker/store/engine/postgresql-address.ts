export interface PostgresqlAddress {
  /** A name, an IP address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  /** Absent: as the environment says (PGUSER), or the user of the process. */
  readonly user: string | undefined;
  readonly database: string;
}

const usualPort = 5432;

export function isPostgresqlAddress(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text);
}

/** Reads the address of a database (libpq, "Connection URIs", one host); a string says what is wrong with it. */
export function readPostgresqlAddress(written: string): PostgresqlAddress | string {
  const url = isPostgresqlAddress(written) && URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined) return "no address of a PostgreSQL database: postgresql://user@host/database";
  if (url.password !== "" || url.searchParams.has("password")) return "a password belongs into a file, not here";
  const unknown = [...url.searchParams.keys()].find(name => name !== "host" && name !== "user");
  if (unknown !== undefined) return `${unknown} is not known here`;
  const host = url.searchParams.get("host") ?? decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, "$1");
  const user = url.searchParams.get("user") ?? decodeURIComponent(url.username);
  const database = decodeURIComponent(url.pathname.slice(1));
  if (host === "") return "it names no host; for a socket ?host=/run/postgresql";
  if (database === "" || database.includes("/")) return "it names no database";
  return { host, port: Number(url.port || usualPort), user: user === "" ? undefined : user, database };
}

/** Whether nothing leaves this machine on the way there. */
export function isLocal({ host }: PostgresqlAddress): boolean {
  return host.startsWith("/") || host === "localhost" || host === "::1" || /^127(\.\d+){3}$/.test(host);
}
