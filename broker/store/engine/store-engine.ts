import type { CompiledQuery, Kysely } from "kysely";
import type { Schema } from "../schema.ts";

/** What the store is kept by. */
export interface StoreEngine {
  /** For reading outside of write transactions. */
  readonly reading: Kysely<Schema>;
  /** For one write transaction at a time. */
  readonly writing: Kysely<Schema>;
  /** For bringing the tables to their newest form, which may take its time. */
  readonly migrating: Kysely<Schema>;
  /** The first statement of each write transaction: nobody else adds to the trail until it ends. */
  readonly enter: CompiledQuery | undefined;
  /** Whether a commit may have happened whose answer never came. */
  readonly mayLoseAnswers: boolean;
  close(): Promise<void>;
}
