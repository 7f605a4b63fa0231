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
  "0005-directory": {
    async up(db) {
      await db.schema
        .createTable("directory_entry")
        .addColumn("source", "text", column => column.notNull())
        .addColumn("kind", "text", column => column.notNull())
        .addColumn("key", "text", column => column.notNull())
        .addColumn("reference", "text", column => column.notNull())
        .addColumn("holder", "text")
        .addColumn("standing", "text", column => column.notNull())
        .addColumn("active_until", "bigint")
        .addColumn("name", "text", column => column.notNull())
        .addColumn("name_order", "text", column => column.notNull())
        .addColumn("name_words", "text", column => column.notNull())
        .addColumn("entry_json", "text", column => column.notNull())
        .addPrimaryKeyConstraint("directory_entry_key", ["source", "kind", "key"])
        .execute();
      const index = (name: string) => db.schema.createIndex(`directory_entry_${name}`).on("directory_entry");
      await index("holder").columns(["holder", "source", "standing", "name_words"]).execute();
      await index("ending").columns(["standing", "active_until"]).execute();
      await index("reference").columns(["source", "reference"]).execute();
      await index("order").columns(["kind", "name_order", "source", "key"]).execute();
      await db.schema
        .createTable("directory_word")
        .addColumn("source", "text", column => column.notNull())
        .addColumn("key", "text", column => column.notNull())
        .addColumn("word", "text", column => column.notNull())
        .addPrimaryKeyConstraint("directory_word_key", ["source", "key", "word"])
        .execute();
      await db.schema
        .createIndex("directory_word_word")
        .on("directory_word")
        .columns(["word", "source", "key"])
        .execute();
      await db.schema
        .createTable("directory_member")
        .addColumn("source", "text", column => column.notNull())
        .addColumn("group_key", "text", column => column.notNull())
        .addColumn("member", "text", column => column.notNull())
        .addPrimaryKeyConstraint("directory_member_key", ["source", "group_key", "member"])
        .execute();
      await db.schema
        .createIndex("directory_member_member")
        .on("directory_member")
        .columns(["source", "member"])
        .execute();
      await db.schema
        .createTable("directory_staged")
        .addColumn("source", "text", column => column.notNull())
        .addColumn("kind", "text", column => column.notNull())
        .addColumn("key", "text", column => column.notNull())
        .addColumn("standing", "text", column => column.notNull())
        .addColumn("entry_json", "text", column => column.notNull())
        .addPrimaryKeyConstraint("directory_staged_key", ["source", "kind", "key"])
        .execute();
      await db.schema
        .createTable("directory_source")
        .addColumn("source", "text", column => column.primaryKey())
        .addColumn("state_json", "text", column => column.notNull())
        .execute();
      // The identifiers of a holder are asked for at each of his sign-ins now.
      await db.schema.createIndex("holder_alias_holder").on("holder_alias").column("holder").execute();
    },
  },
  "0006-scim": {
    async up(db) {
      await db.schema
        .createTable("scim_resource")
        .addColumn("source", "text", column => column.notNull())
        .addColumn("type", "text", column => column.notNull())
        .addColumn("id", "text", column => column.notNull())
        .addColumn("version", "bigint", column => column.notNull())
        .addColumn("user_name", "text")
        .addColumn("external_id", "text")
        .addColumn("display_name", "text")
        .addColumn("resource_json", "text", column => column.notNull())
        .addColumn("created_at", "bigint", column => column.notNull())
        .addColumn("modified_at", "bigint", column => column.notNull())
        .addPrimaryKeyConstraint("scim_resource_key", ["source", "type", "id"])
        // Two writers at once: the database itself says no.
        .addUniqueConstraint("scim_resource_user_name", ["source", "user_name"])
        .execute();
      for (const column of ["external_id", "display_name"])
        await db.schema
          .createIndex(`scim_resource_${column}`)
          .on("scim_resource")
          .columns(["source", "type", column])
          .execute();
      await db.schema
        .createIndex("scim_resource_created")
        .on("scim_resource")
        .columns(["source", "type", "created_at", "id"])
        .execute();
    },
  },
  "0007-portal": {
    async up(db) {
      await db.schema.alterTable("session").addColumn("activity_json", "text").execute();
      await db.schema.alterTable("launch").addColumn("workstation", "text").execute();
      await db.schema
        .createTable("chosen_activity")
        .addColumn("holder", "text", column => column.notNull())
        .addColumn("place", "text", column => column.notNull())
        .addColumn("activity", "text", column => column.notNull())
        .addColumn("at", "bigint", column => column.notNull())
        .addPrimaryKeyConstraint("chosen_activity_key", ["holder", "place"])
        .execute();
      await db.schema
        .createTable("favourite_application")
        .addColumn("holder", "text", column => column.notNull())
        .addColumn("application", "text", column => column.notNull())
        .addColumn("at", "bigint", column => column.notNull())
        .addPrimaryKeyConstraint("favourite_application_key", ["holder", "application"])
        .execute();
      await db.schema
        .createTable("recent_application")
        .addColumn("holder", "text", column => column.notNull())
        .addColumn("place", "text", column => column.notNull())
        .addColumn("application", "text", column => column.notNull())
        .addColumn("at", "bigint", column => column.notNull())
        .addPrimaryKeyConstraint("recent_application_key", ["holder", "place", "application"])
        .execute();
    },
  },
  "0008-house": {
    async up(db) {
      await db.schema
        .createTable("house_version")
        .addColumn("version", "bigint", column => column.primaryKey())
        .addColumn("document", "text", column => column.notNull())
        .addColumn("hash", "text", column => column.notNull())
        .addColumn("differences_json", "text", column => column.notNull())
        .addColumn("by_holder", "text", column => column.notNull())
        .addColumn("reason", "text", column => column.notNull())
        .addColumn("at", "bigint", column => column.notNull())
        .execute();
    },
  },
  "0009-oidc": {
    async up(db) {
      await db.schema.alterTable("session").addColumn("proven_at", "bigint").execute();
      await db.schema
        .createTable("application_sign_in")
        .addColumn("grant_id", "text", column => column.primaryKey())
        .addColumn("provider_session", "text", column => column.notNull())
        .addColumn("client_id", "text", column => column.notNull())
        .addColumn("application", "text", column => column.notNull())
        .addColumn("logout_at", "text", column => column.notNull())
        .addColumn("holder", "text", column => column.notNull())
        .addColumn("sid", "text", column => column.notNull())
        .addColumn("session", "text", column => column.notNull())
        .addColumn("seat", "text", column => column.notNull())
        .execute();
      await db.schema.createIndex("application_sign_in_seat").on("application_sign_in").column("seat").execute();
      await db.schema.createIndex("application_sign_in_session").on("application_sign_in").column("session").execute();
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
  "0014-fallback": {
    async up(db) {
      await db.schema
        .createTable("fallback")
        .addColumn("id", "text", column => column.primaryKey())
        .addColumn("holder", "text", column => column.notNull())
        .addColumn("fallback_json", "text", column => column.notNull())
        .addColumn("names_json", "text", column => column.notNull())
        .addColumn("password_hash", "text")
        .addColumn("requested_at", "bigint", column => column.notNull())
        .addColumn("issued_at", "bigint")
        .addColumn("told_at", "bigint")
        .addColumn("ended_at", "bigint")
        .execute();
      await db.schema.createIndex("fallback_holder").on("fallback").column("holder").execute();
      await db.schema.createIndex("fallback_ended").on("fallback").column("ended_at").execute();
      await db.schema
        .createTable("known_holder")
        .addColumn("holder", "text", column => column.primaryKey())
        .addColumn("holder_json", "text", column => column.notNull())
        .addColumn("at", "bigint", column => column.notNull())
        .execute();
      await db.schema
        .createTable("lost_card")
        .addColumn("holder", "text", column => column.primaryKey())
        .addColumn("reported_at", "bigint", column => column.notNull())
        .addColumn("by_holder", "text", column => column.notNull())
        .addColumn("reason", "text", column => column.notNull())
        .execute();
    },
  },
  "0015-notices": {
    async up(db) {
      await db.schema
        .createTable("notice")
        .addColumn("id", "text", column => column.primaryKey())
        .addColumn("kind", "text", column => column.notNull())
        .addColumn("holder", "text")
        .addColumn("recipient", "text", column => column.notNull())
        .addColumn("address", "text", column => column.notNull())
        .addColumn("subject", "text", column => column.notNull())
        .addColumn("text", "text", column => column.notNull())
        .addColumn("queued_at", "bigint", column => column.notNull())
        .addColumn("tries", "integer", column => column.notNull())
        .addColumn("next_try_at", "bigint", column => column.notNull())
        .execute();
      await db.schema.createIndex("notice_due").on("notice").columns(["next_try_at", "queued_at"]).execute();
    },
  },
  "0018-segments": {
    async up(db) {
      await db.schema
        .createTable("trail_segment")
        .addColumn("number", "bigint", column => column.primaryKey())
        .addColumn("first", "bigint", column => column.notNull())
        .addColumn("last", "bigint", column => column.notNull())
        .addColumn("head", "text", column => column.notNull())
        .addColumn("ended_at", "bigint", column => column.notNull())
        .addColumn("archive_file", "text")
        .addColumn("archive_hash", "text")
        .addColumn("removed_at", "bigint")
        .execute();
    },
  },
  "0020-console": {
    async up(db) {
      await db.schema
        .createTable("stage_count")
        .addColumn("day", "text", column => column.notNull())
        .addColumn("place", "text", column => column.notNull())
        .addColumn("stage", "text", column => column.notNull())
        .addColumn("class", "bigint", column => column.notNull())
        .addColumn("count", "bigint", column => column.notNull())
        .addPrimaryKeyConstraint("stage_count_key", ["day", "place", "stage", "class"])
        .execute();
      await db.schema
        .createTable("workstation_stage_count")
        .addColumn("day", "text", column => column.notNull())
        .addColumn("workstation", "text", column => column.notNull())
        .addColumn("class", "bigint", column => column.notNull())
        .addColumn("count", "bigint", column => column.notNull())
        .addPrimaryKeyConstraint("workstation_stage_count_key", ["day", "workstation", "class"])
        .execute();
      await db.schema
        .createTable("sign_in_count")
        .addColumn("day", "text", column => column.notNull())
        .addColumn("hour", "bigint", column => column.notNull())
        .addColumn("place", "text", column => column.notNull())
        .addColumn("means", "text", column => column.notNull())
        .addColumn("count", "bigint", column => column.notNull())
        .addPrimaryKeyConstraint("sign_in_count_key", ["day", "hour", "place", "means"])
        .execute();
      await db.schema
        .createTable("known_card")
        .addColumn("certificate_hash", "text", column => column.primaryKey())
        .addColumn("holder", "text", column => column.notNull())
        .addColumn("holder_name", "text", column => column.notNull())
        .addColumn("family", "text")
        .addColumn("issuer", "text", column => column.notNull())
        .addColumn("serial", "text", column => column.notNull())
        .addColumn("not_before", "bigint", column => column.notNull())
        .addColumn("not_after", "bigint", column => column.notNull())
        .addColumn("first_seen", "bigint", column => column.notNull())
        .addColumn("last_seen", "bigint", column => column.notNull())
        .execute();
      await db.schema.createIndex("known_card_holder").on("known_card").column("holder").execute();
      await db.schema.createIndex("known_card_not_after").on("known_card").column("not_after").execute();
      await db.schema.createIndex("known_card_last_seen").on("known_card").column("last_seen").execute();
      await db.schema
        .createTable("workstation_state")
        .addColumn("workstation", "text", column => column.primaryKey())
        .addColumn("state_json", "text")
        .addColumn("seen_at", "bigint", column => column.notNull())
        .execute();
    },
  },
  "0016-second-factor": {
    async up(db) {
      await db.schema
        .createTable("second_factor")
        .addColumn("id", "text", column => column.primaryKey())
        .addColumn("holder", "text", column => column.notNull())
        .addColumn("kind", "text", column => column.notNull())
        .addColumn("registered_at", "bigint", column => column.notNull())
        .addColumn("used_at", "bigint")
        .addColumn("counter", "bigint", column => column.notNull())
        .addColumn("facts_json", "text", column => column.notNull())
        .execute();
      await db.schema.createIndex("second_factor_holder").on("second_factor").column("holder").execute();
      await db.schema
        .createTable("second_factor_notice")
        .addColumn("holder", "text", column => column.primaryKey())
        .addColumn("at", "bigint", column => column.notNull())
        .addColumn("told_at", "bigint")
        .execute();
      await db.schema.alterTable("session").addColumn("second_factor", "text").execute();
    },
  },
  "0017-break-glass": {
    async up(db) {
      await db.schema.alterTable("session").addColumn("break_glass", "text").execute();
      await db.schema.alterTable("session").addColumn("break_glass_until", "bigint").execute();
      await db.schema.createIndex("session_break_glass").on("session").column("break_glass").execute();
      await db.schema.alterTable("known_holder").addColumn("name_words", "text").execute();
      await db.schema.createIndex("known_holder_name_words").on("known_holder").column("name_words").execute();
      await db.schema
        .createTable("break_glass")
        .addColumn("id", "text", column => column.primaryKey())
        .addColumn("holder", "text", column => column.notNull())
        .addColumn("place", "text", column => column.notNull())
        .addColumn("glass_json", "text", column => column.notNull())
        .addColumn("opened_at", "bigint", column => column.notNull())
        .addColumn("ended_at", "bigint")
        .addColumn("reviewed_at", "bigint")
        .addColumn("overdue_at", "bigint")
        .execute();
      for (const column of ["ended_at", "reviewed_at", "opened_at"] as const)
        await db.schema.createIndex(`break_glass_${column}`).on("break_glass").column(column).execute();
      await db.schema
        .createTable("break_glass_launch")
        .addColumn("break_glass", "text", column => column.notNull())
        .addColumn("application", "text", column => column.notNull())
        .addColumn("at", "bigint", column => column.notNull())
        .addPrimaryKeyConstraint("break_glass_launch_key", ["break_glass", "application"])
        .execute();
    },
  },
};

const provider: MigrationProvider = { getMigrations: async () => ({ ...migrations }) };

/** Brings the store to the newest form. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
}
