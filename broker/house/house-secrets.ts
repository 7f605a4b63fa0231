import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const secretMember = "clientSecret";
const sealedForm = /^sealed:([A-Za-z0-9_-]+)$/;
const ivLength = 12;
const tagLength = 16;

/**
 * Keeps the secrets of the console's applications unreadable in the store: AES-256-GCM, bound to the application's id. The key
 * stands beside the store in a file that only the broker's user reads, made at first need; brokers on one store share it.
 */
export class HouseSecrets {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** The same application with its secrets sealed. */
  seal<Application extends { readonly id: string }>(application: Application): Application {
    return withSecrets(application, secret => this.#sealed(secret, application.id)) as Application;
  }

  /** The same application with its secrets clear. Throws where the key is another one. */
  open(application: unknown): unknown {
    const id = String((application as { id?: unknown }).id);
    return withSecrets(application, secret => {
      const sealed = sealedForm.exec(secret)?.[1];
      return sealed === undefined ? secret : this.#opened(Buffer.from(sealed, "base64url"), id);
    });
  }

  #sealed(secret: string, id: string): string {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv("aes-256-gcm", this.#key(), iv).setAAD(Buffer.from(id));
    const bytes = Buffer.concat([iv, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `sealed:${bytes.toString("base64url")}`;
  }

  #opened(bytes: Buffer, id: string): string {
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.#key(), bytes.subarray(0, ivLength))
        .setAAD(Buffer.from(id))
        .setAuthTag(bytes.subarray(-tagLength));
      return decipher.update(bytes.subarray(ivLength, -tagLength), undefined, "utf8") + decipher.final("utf8");
    } catch (problem) {
      throw new Error(`the secret of application “${id}” cannot be opened with ${this.#file}`, { cause: problem });
    }
  }

  #key(): Buffer {
    if (!existsSync(this.#file))
      writeFileSync(this.#file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx", flush: true });
    return Buffer.from(readFileSync(this.#file, "utf8").trim(), "base64url");
  }
}

/** The same without its secrets, for whoever may look. */
export function withoutSecrets(entry: object): Record<string, unknown> {
  return withSecrets(entry, () => undefined) as Record<string, unknown>;
}

/** Wherever they stand in it. */
function withSecrets(value: unknown, change: (secret: string) => string | undefined): unknown {
  if (Array.isArray(value)) return value.map(item => withSecrets(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [
      member,
      member === secretMember && typeof inner === "string" ? change(inner) : withSecrets(inner, change),
    ]),
  );
}
