import { z } from "zod";
import { readPostgresqlAddress } from "./postgresql-address.ts";

export const postgresqlConfiguration = z.strictObject({
  /** `postgresql://user@host:port/database`; by a socket `postgresql:///database?host=/run/postgresql&user=user`. No password in it. */
  address: z.string().superRefine((written, context) => {
    const read = readPostgresqlAddress(written);
    if (typeof read === "string") context.addIssue({ code: "custom", message: read });
  }),
  /** A file that holds the user's password, read at every connection. Absent: PGPASSFILE, or the `.pgpass` of the broker's user. */
  passwordFile: z.string().optional(),
  /** PEM: the authorities of the server's certificate. Absent: those that Node knows, and no TLS at a socket or on loopback. */
  authority: z.string().optional(),
});
export type PostgresqlConfiguration = z.output<typeof postgresqlConfiguration>;

/** With every path absolute. */
export function postgresqlFrom(
  { address, passwordFile, authority }: PostgresqlConfiguration,
  from: (path: string) => string,
): PostgresqlConfiguration {
  return {
    address,
    ...(passwordFile === undefined ? {} : { passwordFile: from(passwordFile) }),
    ...(authority === undefined ? {} : { authority: from(authority) }),
  };
}
