import { createHmac, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { pseudonymText } from "../../core/trail/trail-pseudonym.ts";
import type { TrailIdentifiers } from "../store/trail-identifiers.ts";
import { monthsLater } from "./months-later.ts";

const identifierKey = z.strictObject({
  /** 1 for the first that was ever made. */
  number: z.number().int().min(1),
  /** Milliseconds since 1970: used from then until the next one is made. */
  since: z.number(),
  /** 32 bytes, base64. */
  secret: z.base64(),
});
type IdentifierKey = z.output<typeof identifierKey>;
const keyFile = z.strictObject({ keys: z.array(identifierKey).min(1) });

/** What an administrator sets. */
export interface IdentifierPolicy {
  /** How long a key is used, months. */
  readonly keyMonths: number;
  /** How long after its use a key is destroyed, months; absent: never. */
  readonly destroyAfterMonths?: number | undefined;
}

export interface KeyChange {
  readonly act: "trail-key-made" | "trail-key-destroyed";
  readonly number: number;
}

/**
 * The keys by which the trail's identifiers are hashed (HMAC-SHA-256), in a file beside the store that only its user reads. The newest
 * is used; the older ones are there to find what was recorded under them. Without its key a record's person is nobody's.
 */
export class IdentifierKeys implements TrailIdentifiers {
  readonly #file: string;
  readonly #policy: IdentifierPolicy | undefined;
  readonly #changes: KeyChange[] = [];
  #keys: readonly IdentifierKey[];

  private constructor(file: string, policy: IdentifierPolicy | undefined, keys: readonly IdentifierKey[]) {
    this.#file = file;
    this.#policy = policy;
    this.#keys = keys;
  }

  /**
   * Reads the file, and makes the first key where the policy asks for one. Without a policy identifiers are kept clear from now on, and
   * what was kept otherwise is still found. Throws where the file cannot be read.
   */
  static open(file: string, policy: IdentifierPolicy | undefined, now: number): IdentifierKeys {
    const keys = existsSync(file) ? keyFile.parse(JSON.parse(readFileSync(file, "utf8"))).keys : [];
    const opened = new IdentifierKeys(file, policy, keys);
    if (policy !== undefined && keys.length === 0) opened.#make(now);
    return opened;
  }

  get pseudonymOf(): ((identifier: string) => string) | undefined {
    const newest = this.#keys.at(-1);
    if (this.#policy === undefined || newest === undefined) return undefined;
    return identifier => pseudonymUnder(newest, identifier);
  }

  allOf(identifier: string): readonly string[] {
    return [identifier, ...this.#keys.map(key => pseudonymUnder(key, identifier))];
  }

  /** Makes a new key and destroys old ones, where it is time. Throws where the file cannot be written; nothing has changed then. */
  renew(now: number): void {
    if (this.#policy === undefined) return;
    const { keyMonths, destroyAfterMonths } = this.#policy;
    const newest = this.#keys.at(-1);
    if (newest === undefined || monthsLater(newest.since, keyMonths) <= now) this.#make(now);
    if (destroyAfterMonths === undefined) return;
    const living = this.#keys.filter((_key, index) => {
      const successor = this.#keys[index + 1];
      return successor === undefined || monthsLater(successor.since, destroyAfterMonths) > now;
    });
    const destroyed = this.#keys.filter(key => !living.includes(key));
    if (destroyed.length === 0) return;
    this.#keep(living);
    this.#changes.push(...destroyed.map(({ number }) => ({ act: "trail-key-destroyed", number }) as const));
  }

  /** What was made and destroyed since this was last asked: for the trail. */
  takeChanges(): KeyChange[] {
    return this.#changes.splice(0);
  }

  #make(now: number): void {
    const number = (this.#keys.at(-1)?.number ?? 0) + 1;
    this.#keep([...this.#keys, { number, since: now, secret: randomBytes(32).toString("base64") }]);
    this.#changes.push({ act: "trail-key-made", number });
  }

  #keep(keys: readonly IdentifierKey[]): void {
    writeFileSync(`${this.#file}.new`, `${JSON.stringify({ keys })}\n`, { mode: 0o600, flush: true });
    renameSync(`${this.#file}.new`, this.#file);
    this.#keys = keys;
  }
}

function pseudonymUnder({ number, secret }: IdentifierKey, identifier: string): string {
  const mac = createHmac("sha256", Buffer.from(secret, "base64")).update(identifier).digest();
  return pseudonymText(number, mac.subarray(0, 16).toString("base64url"));
}
