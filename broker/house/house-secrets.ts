import { SealingKey } from "../services/sealing-key.ts";

const secretMember = "clientSecret";
const sealedForm = /^sealed:([A-Za-z0-9_-]+)$/;

/** Keeps the secrets of the console's applications unreadable in the store, each bound to its application's id. */
export class HouseSecrets {
  readonly #key: SealingKey;

  constructor(file: string) {
    this.#key = new SealingKey(file);
  }

  /** The same application with its secrets sealed. */
  seal<Application extends { readonly id: string }>(application: Application): Application {
    return withSecrets(
      application,
      secret => `sealed:${this.#key.seal(Buffer.from(secret), application.id)}`,
    ) as Application;
  }

  /** The same application with its secrets clear. Throws where the key is another one. */
  open(application: unknown): unknown {
    const id = String((application as { id?: unknown }).id);
    return withSecrets(application, secret => {
      const sealed = sealedForm.exec(secret)?.[1];
      return sealed === undefined ? secret : this.#opened(sealed, id);
    });
  }

  #opened(sealed: string, id: string): string {
    try {
      return this.#key.open(sealed, id).toString("utf8");
    } catch (problem) {
      throw new Error(`the secret of application “${id}” cannot be opened with ${this.#key.file}`, { cause: problem });
    }
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
