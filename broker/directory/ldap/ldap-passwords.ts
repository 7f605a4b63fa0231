import { randomBytes } from "node:crypto";
import { PasswordPolicyControl } from "ldapts";
import { asFailure } from "../../../core/errors/failure.ts";
import { LdapConnection, RefusedRequest } from "../../ldap/ldap-connection.ts";
import { bindRefusal } from "./bind-refusal.ts";
import type { LdapSourceConfiguration } from "./ldap-configuration.ts";
import { LdapEntry } from "./ldap-entry.ts";
import type { LdapSchema } from "./ldap-schema.ts";
import { LdapServers } from "./ldap-servers.ts";
import { processTimes, type Times } from "./modification-times.ts";
import { PersonReader } from "./person-reader.ts";
import { schemaOf } from "./schema-of.ts";

/** What a directory makes of a password. `why` is for the trail alone. */
export type PasswordVerdict =
  | { readonly verdict: "right" }
  | { readonly verdict: "refused" | "unavailable"; readonly why: string };

/** Of all that is asked of the servers for one password: a workstation waits five seconds for its broker. */
const longestMs = 4_000;
/** Of one answer: so that the next server is still asked in time. */
const answerSeconds = 1.5;

const noSuchObject = 32;
/** Answers that speak of the account (RFC 4511 appendix A): constraintViolation, inappropriateAuthentication, invalidCredentials, insufficientAccessRights, unwillingToPerform. */
const ofTheAccount: readonly number[] = [19, 48, 49, 50, 53];

/**
 * Passwords of an LDAP directory or Active Directory, tried by a bind (RFC 4513 5.1.3) on a connection of its own, encrypted. Whose
 * password is asked for is the entry of this key, as the server has it now, and never a name that somebody typed.
 */
export class LdapPasswords {
  readonly #configuration: LdapSourceConfiguration;
  readonly #schema: LdapSchema;
  readonly #reader: PersonReader;
  readonly #servers: LdapServers;

  constructor(configuration: LdapSourceConfiguration, times: Times = processTimes) {
    this.#configuration = configuration;
    this.#schema = schemaOf(configuration, times);
    this.#reader = new PersonReader(this.#schema, configuration.people);
    const prompt = Math.min(configuration.answerSeconds, answerSeconds);
    this.#servers = new LdapServers({ ...configuration, answerSeconds: prompt }, times);
  }

  /** Where there is no such person the server is asked all the same, for somebody who is not there. Ends within four seconds. Never rejects. */
  async check(
    person: { readonly key: string; readonly holder: string } | undefined,
    password: string,
  ): Promise<PasswordVerdict> {
    const signal = AbortSignal.timeout(longestMs);
    try {
      const connection = await this.#servers.open(signal);
      try {
        const found = await this.#find(connection, person, password).finally(() => connection.close());
        const line = await LdapConnection.open(connection.server, signal);
        return await this.#try(line, found, password).finally(() => line.close());
      } catch (problem) {
        this.#servers.passOver();
        throw problem;
      }
    } catch (problem) {
      const { code, detail = "" } = asFailure(problem);
      return { verdict: "unavailable", why: `${code}: ${detail}` };
    }
  }

  /** The name to sign in with, or why there is none. */
  async #find(
    connection: LdapConnection,
    person: { readonly key: string; readonly holder: string } | undefined,
    password: string,
  ): Promise<{ readonly name: string } | { readonly why: string }> {
    const [only, another] = await this.#entries(connection, person?.key ?? randomKey());
    if (person === undefined) return { why: "nobody" };
    // It would be an anonymous bind that succeeds (RFC 4513 5.1.2).
    if (password === "") return { why: "no password" };
    if (only === undefined || another !== undefined) return { why: "no longer in the directory" };
    const { active, holder } = this.#reader.read(only);
    if (holder !== person.holder) return { why: "the entry is another holder's now" };
    return active ? { name: only.name } : { why: "the account is disabled" };
  }

  async #entries(connection: LdapConnection, key: string): Promise<readonly LdapEntry[]> {
    const place = this.#schema.placeOf(key, this.#configuration.people.base);
    const { attributes } = this.#reader;
    const found: LdapEntry[] = [];
    try {
      for await (const entry of connection.search({ ...place, attributes, controls: this.#schema.controls }))
        found.push(new LdapEntry(entry));
    } catch (problem) {
      if (!(problem instanceof RefusedRequest) || problem.resultCode !== noSuchObject) throw problem;
    }
    return found;
  }

  async #try(
    line: LdapConnection,
    found: { readonly name: string } | { readonly why: string },
    password: string,
  ): Promise<PasswordVerdict> {
    const policy = new PasswordPolicyControl();
    const [name, typed] =
      "name" in found ? [found.name, password] : [`cn=${randomKey()},${this.#configuration.people.base}`, randomKey()];
    try {
      await line.bind(name, typed, [policy]);
    } catch (problem) {
      if (!(problem instanceof RefusedRequest) || !ofTheAccount.includes(problem.resultCode)) throw problem;
      const { resultCode, said } = problem;
      const why = "why" in found ? found.why : bindRefusal(resultCode, said, policy.value?.error);
      return { verdict: "refused", why };
    }
    if ("why" in found) return { verdict: "refused", why: found.why };
    // A password that an administrator has set signs in, for no other purpose than to be changed.
    const { error } = policy.value ?? {};
    return error === undefined ? { verdict: "right" } : { verdict: "refused", why: bindRefusal(0, "", error) };
  }
}

function randomKey(): string {
  const hex = randomBytes(16).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
