import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const ivLength = 12;
const tagLength = 16;

/**
 * Keeps secrets unreadable in the store: AES-256-GCM, each bound to what it belongs to. The key stands beside the store in a file
 * that only the broker's user reads, made at first need; brokers on one store share it.
 */
export class SealingKey {
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** Base64url. `owner`: it opens for no other. */
  seal(secret: Uint8Array, owner: string): string {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv("aes-256-gcm", this.#key(), iv).setAAD(Buffer.from(owner));
    return Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString("base64url");
  }

  /** Throws where the key is another one, or it is another owner's. */
  open(sealed: string, owner: string): Buffer {
    const bytes = Buffer.from(sealed, "base64url");
    const decipher = createDecipheriv("aes-256-gcm", this.#key(), bytes.subarray(0, ivLength))
      .setAAD(Buffer.from(owner))
      .setAuthTag(bytes.subarray(-tagLength));
    return Buffer.concat([decipher.update(bytes.subarray(ivLength, -tagLength)), decipher.final()]);
  }

  #key(): Buffer {
    if (!existsSync(this.file))
      writeFileSync(this.file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx", flush: true });
    return Buffer.from(readFileSync(this.file, "utf8").trim(), "base64url");
  }
}
