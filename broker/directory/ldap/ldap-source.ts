import { Failure } from "../../../core/errors/failure.ts";
import type { LdapConnection } from "../../ldap/ldap-connection.ts";
import type { BroughtEntry, DirectoryReading, DirectorySource } from "../directory-entry.ts";
import { EntryReading } from "./entry-reading.ts";
import type { LdapSourceConfiguration } from "./ldap-configuration.ts";
import type { LdapLook, LdapSchema } from "./ldap-schema.ts";
import { LdapServers } from "./ldap-servers.ts";
import { processTimes, type Times } from "./modification-times.ts";
import { schemaOf } from "./schema-of.ts";

/**
 * Persons and groups of an LDAP directory or Active Directory (docs/directory-ldap.md): a connection to one of its servers for each
 * look, ended with it.
 */
export class LdapSource implements DirectorySource {
  readonly id: string;
  readonly intervalMs: number;
  readonly longestPauseMs: number;
  readonly everythingAfterMs: number;
  readonly #configuration: LdapSourceConfiguration;
  readonly #schema: LdapSchema;
  readonly #servers: LdapServers;

  constructor(configuration: LdapSourceConfiguration, times: Times = processTimes) {
    const { id, intervalSeconds, everythingHours } = configuration;
    this.id = id;
    this.intervalMs = intervalSeconds * 1000;
    this.longestPauseMs = Math.max(this.intervalMs, 5 * 60_000);
    this.everythingAfterMs = everythingHours * 3_600_000;
    this.#configuration = configuration;
    this.#schema = schemaOf(configuration, times);
    this.#servers = new LdapServers(configuration, times);
  }

  async read(since: string | undefined, signal: AbortSignal): Promise<DirectoryReading> {
    const connection = await this.#servers.open(signal);
    const look = await this.#orPassOver(connection, () => this.#schema.look(connection, since));
    if (look.extent === "unchanged") {
      await connection.close();
      return look;
    }
    return { extent: look.extent, entries: this.#entries(connection, look), watermark: look.watermark };
  }

  async *#entries(connection: LdapConnection, look: Exclude<LdapLook, { extent: "unchanged" }>) {
    const entries = new EntryReading(connection, this.#schema, this.#configuration, look).entries();
    try {
      for (;;) {
        const next: IteratorResult<BroughtEntry> = await this.#orPassOver(connection, () => entries.next());
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await connection.close();
    }
  }

  async #orPassOver<Result>(connection: LdapConnection, act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (problem) {
      await connection.close();
      this.#servers.passOver();
      if (problem instanceof Failure) throw problem;
      const detail = `${connection.server.address}: ${(problem as Error).message}`;
      throw new Failure("directory-data-unreadable", { detail, cause: problem });
    }
  }
}
