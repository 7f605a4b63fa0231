import { type RawBuilder, type SqlBool, sql } from "kysely";

/** Rows whose column holds this text, letters of ASCII in either case; signs of LIKE stand for themselves. */
export function containing(column: string, text: string): RawBuilder<SqlBool> {
  const pattern = `%${text.replaceAll(/[\\%_]/g, sign => `\\${sign}`)}%`;
  return sql<SqlBool>`lower(${sql.ref(column)}) like lower(${pattern}) escape '\\'`;
}
