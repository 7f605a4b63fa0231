import type { Kysely } from "kysely";
import { type Migration, type MigrationProvider, Migrator } from "kysely/migration";
import type { Schema } from "./schema.ts";

/** Only ever added to. */
const migrations: Readonly<Record<string, Migration>> = {
  "0001-first": {
    async up(db) {
      await db.schema
        .createTable("workstation")
        .addColumn("id", "text", column => column.primaryKey())
        .addColumn("name", "text", column => column.notNull())
        .addColumn("place", "text", column => column.notNull())
        .addColumn("key_hash", "text", column => column.notNull().unique())
        .addColumn("enrolled_at", "bigint", column => column.notNull())
        .execute();
      await db.schema
        .createTable("enrolment_code")
        .addColumn("secret_hash", "text", column => column.primaryKey())
        .addColumn("place", "text", column => column.notNull())
        .addColumn("expires_at", "bigint", column => column.notNull())
        .execute();
      await db.schema
        .createTable("session")
        .addColumn("id", "text", column => column.primaryKey())
        // One living session a holder, one seat a session, one session's seat a workstation: the database itself says no.
        .addColumn("holder", "text", column => column.notNull().unique())
        .addColumn("holder_json", "text", column => column.notNull())
        .addColumn("means", "text", column => column.notNull())
        .addColumn("opened_at", "bigint", column => column.notNull())
        .addColumn("expires_at", "bigint", column => column.notNull())
        .addColumn("seat", "text", column => column.unique())
        .addColumn("seat_workstation", "text", column => column.unique())
        .addColumn("seat_state", "text")
        .addColumn("absent_since", "bigint")
        .execute();
      await db.schema
        .createTable("lost_seat")
        .addColumn("seat", "text", column => column.primaryKey())
        .addColumn("workstation", "text", column => column.notNull())
        .addColumn("reason", "text", column => column.notNull())
        .addColumn("at", "bigint", column => column.notNull())
        .addColumn("moved_to", "text")
        .execute();
      await db.schema
        .createTable("launch")
        .addColumn("session", "text", column => column.notNull().references("session.id").onDelete("cascade"))
        .addColumn("application", "text", column => column.notNull())
        .addColumn("opened_at", "bigint", column => column.notNull())
        .addPrimaryKeyConstraint("launch_key", ["session", "application"])
        .execute();
      await db.schema
        .createTable("refusal_report")
        .addColumn("report", "text", column => column.primaryKey())
        .addColumn("at", "bigint", column => column.notNull())
        .execute();
      await db.schema
        .createTable("trail_record")
        .addColumn("sequence", "bigint", column => column.primaryKey())
        .addColumn("text", "text", column => column.notNull())
        .addColumn("hash", "text", column => column.notNull())
        .execute();
    },
  },
  "0002-trust": {
    async up(db) {
      await db.schema
        .createTable("trust_bundle")
        .addColumn("version", "bigint", column => column.primaryKey())
        .addColumn("bundle", "text", column => column.notNull())
        .addColumn("applied_at", "bigint", column => column.notNull())
        .execute();
      await db.schema
        .createTable("recent_card")
        .addColumn("certificate_hash", "text", column => column.primaryKey())
        .addColumn("certificate", "text", column => column.notNull())
        .addColumn("proof_key", "text", column => column.notNull())
        .addColumn("at", "bigint", column => column.notNull())
        .execute();
      await db.schema.createIndex("recent_card_at").on("recent_card").column("at").execute();
      await db.schema
        .createTable("holder_alias")
        .addColumn("identifier", "text", column => column.primaryKey())
        .addColumn("holder", "text", column => column.notNull())
        .addColumn("since", "bigint", column => column.notNull())
        .execute();
      await db.schema
        .createTable("revocation_source")
        .addColumn("address", "text", column => column.primaryKey())
        .addColumn("state_json", "text", column => column.notNull())
        .execute();
    },
  },
  "0003-policies": {
    async up(db) {
      await db.schema
        .createTable("policy_set")
        .addColumn("version", "text", column => column.primaryKey())
        .addColumn("sources_json", "text", column => column.notNull())
        .addColumn("applied_at", "bigint", column => column.notNull())
        .execute();
      await db.schema
        .createTable("recent_portal")
        .addColumn("question_hash", "text", column => column.primaryKey())
        .addColumn("question_json", "text", column => column.notNull())
        .addColumn("at", "bigint", column => column.notNull())
        .execute();
      await db.schema.createIndex("recent_portal_at").on("recent_portal").column("at").execute();
    },
  },
  "0009-oidc": {
    async up(db) {
      await db.schema.alterTable("session").addColumn("proven_at", "bigint").execute();
    },
  },
  "0013-trail": {
    async up(db) {
      await db.schema
        .createTable("trail_checkpoint")
        .addColumn("number", "bigint", column => column.primaryKey())
        .addColumn("size", "bigint", column => column.notNull())
        .addColumn("note", "text", column => column.notNull())
        .execute();
      await db.schema
        .createTable("trail_tile")
        .addColumn("level", "bigint", column => column.notNull())
        .addColumn("position", "bigint", column => column.notNull())
        .addColumn("hashes", "text", column => column.notNull())
        .addPrimaryKeyConstraint("trail_tile_key", ["level", "position"])
        .execute();
      await db.schema
        .createTable("trail_export")
        .addColumn("name", "text", column => column.primaryKey())
        .addColumn("sequence", "bigint", column => column.notNull())
        .execute();
      await db.schema
        .createTable("trail_index")
        .addColumn("sequence", "bigint", column => column.primaryKey())
        .addColumn("at", "bigint", column => column.notNull())
        .addColumn("act", "text", column => column.notNull())
        .addColumn("holder", "text")
        .addColumn("by_holder", "text")
        .addColumn("workstation", "text")
        .addColumn("application", "text")
        .execute();
      for (const column of ["at", "act", "holder", "by_holder", "workstation", "application"] as const)
        await db.schema.createIndex(`trail_index_${column}`).on("trail_index").columns([column, "sequence"]).execute();
    },
  },
};

const provider: MigrationProvider = { getMigrations: async () => ({ ...migrations }) };

/** Brings the store to the newest form. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
}
