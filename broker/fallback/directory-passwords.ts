import { coversPlace } from "../../core/fallback/fallback-profile.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Admission } from "../directory/admission.ts";
import type { DirectoryConfiguration } from "../directory/directory-configuration.ts";
import { folded } from "../directory/folded-words.ts";
import { LdapPasswords } from "../directory/ldap/ldap-passwords.ts";
import type { KnownPerson } from "../directory/standing.ts";
import { type BackOff, everSlower } from "../services/attempt-rules.ts";
import { Attempts } from "../services/attempts.ts";
import { holderBehind } from "../store/alias-table.ts";
import { livingFallbackOf } from "../store/fallback-table.ts";
import { personsOfWord } from "../store/person-search-table.ts";
import type { Db, Store } from "../store/store.ts";
import { BoundedWork } from "./bounded-work.ts";
import type { DirectoryPasswordProfile } from "./fallback-configuration.ts";
import { holderByName } from "./holder-by-name.ts";
import type { PasswordOutcome } from "./password-outcome.ts";

interface Parts {
  readonly profiles: readonly DirectoryPasswordProfile[];
  readonly directory: DirectoryConfiguration;
  readonly store: Store;
  readonly clock: Clock;
  readonly admission: Admission;
  readonly pauses: BackOff;
}

/** Somebody whom the directory knows by what was typed. */
interface Found {
  readonly profile: DirectoryPasswordProfile;
  readonly key: string;
  readonly displayName: string;
  /** What the servers may call him in their own words. */
  readonly names: readonly string[];
  /** As his entry says, and as sessions know him. */
  readonly identifier: string;
  readonly holder: string;
}

/** Each opens two connections. Nobody waits for his turn: he would wait longer than his workstation does. */
const mostAtOnce = 32;
const mostWaiting = 0;

/**
 * Passwords that the hospital's directory knows, where profiles allow them. Who he is says our own copy of the directory: account,
 * mail address or identifier, of one holder. Whoever may not sign in, or is nobody, has the servers asked for nobody.
 */
export class DirectoryPasswords {
  readonly #parts: Parts;
  readonly #servers: ReadonlyMap<string, LdapPasswords>;
  readonly #work = new BoundedWork(mostAtOnce, mostWaiting);
  /** One account may go by several names, and it is the account that the directory locks. */
  readonly #byAccount: Attempts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#servers = new Map(
      parts.directory.sources.flatMap(one => (one.kind === "ldap" ? [[one.id, new LdapPasswords(one)] as const] : [])),
    );
    this.#byAccount = new Attempts(parts.clock, everSlower(parts.pauses));
  }

  /** `places`: from the place itself upwards. */
  offeredAt(places: readonly string[]): boolean {
    return this.#parts.profiles.some(profile => coversPlace(profile, places));
  }

  /** Rejects with `sign-in-throttled` where too much waits. */
  async check(places: readonly string[], typed: string, password: Uint8Array): Promise<PasswordOutcome> {
    const profiles = this.#parts.profiles.filter(profile => coversPlace(profile, places));
    const found = await this.#find(profiles, typed);
    const { holder, names = [] } = found ?? {};
    const wrong = (why: string, code: "password-refused" | "sign-in-throttled" | "directory-password-unavailable") =>
      ({ outcome: "wrong", code, why, holder, names }) as const;
    const waitMs = found === undefined ? 0 : this.#byAccount.take(accountOf(found));
    if (waitMs > 0) return wrong(`${waitMs} ms`, "sign-in-throttled");
    const objection = await this.#objection(found);
    const server = this.#servers.get((found?.profile ?? profiles[0])?.source ?? "");
    if (server === undefined) return wrong("no such source", "directory-password-unavailable");
    const person =
      found === undefined || objection !== undefined ? undefined : { key: found.key, holder: found.identifier };
    const verdict = await this.#work.run(() => server.check(person, Buffer.from(password).toString("utf8")));
    switch (verdict.verdict) {
      case "unavailable":
        return wrong(verdict.why, "directory-password-unavailable");
      case "refused":
        return wrong(objection ?? verdict.why, "password-refused");
      case "right":
        return found === undefined ? wrong("nobody", "password-refused") : this.#right(found);
      default:
        return verdict satisfies never;
    }
  }

  async #right(found: Found): Promise<PasswordOutcome> {
    this.#byAccount.clear(accountOf(found));
    return {
      outcome: "right",
      holder: await holderByName(this.#parts.store.db, { id: found.holder, displayName: found.displayName }),
      means: "directory-password",
      limit: { lifetimeMs: found.profile.minutes * 60_000 },
      // A temporary access may have been issued while the directory was asked.
      condition: async tx =>
        (await hasTemporaryAccess(tx, found.holder)) ? { code: "password-refused", detail: otherCounts } : undefined,
    };
  }

  /** The one holder whom the first source that knows anybody by this knows. */
  async #find(profiles: readonly DirectoryPasswordProfile[], typed: string): Promise<Found | undefined> {
    const { db } = this.#parts.store;
    for (const profile of profiles) {
      const persons = new Map<string, KnownPerson>();
      for (const word of wordsOf(typed))
        for (const one of await personsOfWord(db, profile.source, word)) persons.set(one.person.key, one);
      const called = [...persons.values()].filter(
        ({ person, standing }) => standing !== "gone" && isCalled(person, wordsOf(typed)),
      );
      const [only, ...others] = called;
      if (others.length > 0) return undefined;
      if (only?.person.holder === undefined) continue;
      const { key, displayName, account, mail, holder: identifier } = only.person;
      const names = [displayName, account, mail, key].filter(name => name !== undefined);
      return { profile, key, displayName, names, identifier, holder: await holderBehind(db, identifier) };
    }
    return undefined;
  }

  /** Why his password is not even asked for. */
  async #objection(found: Found | undefined): Promise<string | undefined> {
    const { store, admission } = this.#parts;
    if (found === undefined) return "nobody, or several, of this name in the directory";
    const refusal = await admission.refusalOf(store.db, found.holder);
    if (refusal !== undefined) return `${refusal.code}: ${refusal.detail}`;
    return (await hasTemporaryAccess(store.db, found.holder)) ? otherCounts : undefined;
  }
}

const otherCounts = "has a temporary access, whose password is the one that counts";

async function hasTemporaryAccess(db: Db, holder: string): Promise<boolean> {
  const kept = await livingFallbackOf(db, holder);
  return kept !== undefined && "issuedAt" in kept.fallback;
}

/** What was typed, and an RPPS number with its prefix. */
function wordsOf(typed: string): readonly string[] {
  const word = folded(typed);
  return /^\d{11}$/.test(word) ? [word, `8${word}`] : [word];
}

function isCalled({ account, mail, holder }: KnownPerson["person"], words: readonly string[]): boolean {
  return [account, mail, holder].some(name => name !== undefined && words.includes(folded(name)));
}

function accountOf({ profile, key }: Found): string {
  return `${profile.source} ${key}`;
}
