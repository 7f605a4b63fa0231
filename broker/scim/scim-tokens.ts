import { createHash, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { newSecret } from "../services/identifiers.ts";

/** Where the hashes of a source's tokens stand. */
export interface TokenPlace {
  readonly id: string;
  readonly tokenFile: string;
}

export type TokenVerdict =
  | { readonly kind: "source"; readonly id: string }
  /** `often`: wrong ones came so often of late that no more is said about them. */
  | { readonly kind: "refused"; readonly often: boolean };

const tokenBits = 256;
const wrongOnes = 10;
const windowMs = 60_000;

/** A token for a client, and what the broker keeps of it. */
export function newScimToken(): { readonly token: string; readonly hash: string } {
  const token = newSecret(tokenBits);
  return { token, hash: hashOf(token).toString("hex") };
}

/** Which source a bearer token opens. The files of hashes are read anew each time: a token comes and goes without a restart. */
export class ScimTokens {
  readonly #places: readonly TokenPlace[];
  readonly #clock: Clock;
  #wrong: number[] = [];

  constructor(places: readonly TokenPlace[], clock: Clock) {
    this.#places = places;
    this.#clock = clock;
  }

  /** A good token is let in however many wrong ones came. Rejects with `scim-tokens-unreadable` where a file cannot be read. */
  async verdict(authorization: string | undefined): Promise<TokenVerdict> {
    const token = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? "")?.[1];
    const found = token === undefined ? undefined : await this.#sourceOf(hashOf(token));
    if (found !== undefined) return { kind: "source", id: found };
    const now = this.#clock.now();
    this.#wrong = [...this.#wrong.filter(at => at > now - windowMs), now].slice(-(wrongOnes + 1));
    return { kind: "refused", often: this.#wrong.length > wrongOnes };
  }

  /** Compares with all, so that the time it takes does not tell which was near. */
  async #sourceOf(hash: Buffer): Promise<string | undefined> {
    let found: string | undefined;
    for (const { id, tokenFile } of this.#places)
      for (const known of await readHashes(tokenFile)) if (timingSafeEqual(known, hash)) found = id;
    return found;
  }
}

/** One SHA-256 in hexadecimal a line; empty lines, and lines that begin with `#`, say nothing. */
async function readHashes(file: string): Promise<readonly Buffer[]> {
  const lines = (await readText(file)).split("\n").map(line => line.trim());
  return lines.flatMap((line, at) => {
    if (line === "" || line.startsWith("#")) return [];
    if (/^[0-9a-f]{64}$/i.test(line)) return [Buffer.from(line, "hex")];
    throw new Failure("scim-tokens-unreadable", { detail: `${file}, line ${at + 1} is no SHA-256` });
  });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (problem) {
    throw new Failure("scim-tokens-unreadable", { detail: `${file}: ${problem}`, cause: problem });
  }
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
