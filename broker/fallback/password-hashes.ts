import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { BoundedWork } from "./bounded-work.ts";

const argon2id = promisify(argon2);
/** OWASP's password storage cheat sheet, argon2id: 19 MiB, two passes. Memory in KiB. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const nonceLength = 16;
/** Node's pool has four threads; half of them stay for everything else. */
const most = 2;
const mostWaiting = 32;
const form = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Passwords as they are kept: argon2id (RFC 9106), in the PHC string format. */
export class PasswordHashes {
  readonly #work = new BoundedWork(most, mostWaiting);
  /** Of no password: what is compared where nothing is kept, so that it takes as long. */
  readonly #nobody = { nonce: randomBytes(nonceLength), tag: randomBytes(cost.tagLength) };

  async hash(password: Uint8Array): Promise<string> {
    const nonce = randomBytes(nonceLength);
    const tag = await this.#derive(password, nonce);
    return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${plain(nonce)}$${plain(tag)}`;
  }

  /** True where it is the password that was kept. Takes as long where none was. Rejects with `sign-in-throttled`. */
  async verify(password: Uint8Array, kept: string | undefined): Promise<boolean> {
    const [, nonce, tag] = form.exec(kept ?? "") ?? [];
    const known = nonce === undefined || tag === undefined ? undefined : { nonce: bytes(nonce), tag: bytes(tag) };
    const { nonce: salt, tag: expected } = known ?? this.#nobody;
    const derived = await this.#derive(password, salt);
    return timingSafeEqual(derived, expected) && known !== undefined;
  }

  #derive(message: Uint8Array, nonce: Uint8Array): Promise<Buffer> {
    return this.#work.run(() => argon2id("argon2id", { message, nonce, ...cost }));
  }
}

/** Base64 without padding, as the format asks for. */
function plain(text: Buffer): string {
  return text.toString("base64").replaceAll("=", "");
}

function bytes(text: string): Buffer {
  return Buffer.from(text, "base64");
}
