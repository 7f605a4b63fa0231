import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Entry } from "@napi-rs/keyring";

/** Where a secret is kept: the operating system's keyring, or a file that only its user reads. */
export type SecretPlace = "keyring" | "file";

const service = "wardkey";

/** Keeps one secret per name. A machine without a secret service (a kiosk, a server) keeps it in a file; it says which. */
export class SecretStore {
  readonly #directory: string;

  /** `directory`: for the files; made for its user alone. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Writes and reads back before it calls a place good. */
  write(name: string, secret: string): SecretPlace {
    if (keepsInKeyring(name, secret)) return "keyring";
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    writeFileSync(this.#file(name), secret, { mode: 0o600 });
    return "file";
  }

  read(name: string): string | undefined {
    if (existsSync(this.#file(name))) return readFileSync(this.#file(name), "utf8");
    try {
      return new Entry(service, name).getPassword() ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** The file that a secret stands in; `undefined` where the keyring has it, or nobody. */
  fileOf(name: string): string | undefined {
    return existsSync(this.#file(name)) ? this.#file(name) : undefined;
  }

  #file(name: string): string {
    return join(this.#directory, `${name}.secret`);
  }
}

/** True where the operating system's keyring keeps a secret and gives it back. Leaves nothing in it. */
export function keyringAnswers(): boolean {
  const name = "probe";
  if (!keepsInKeyring(name, "nothing secret")) return false;
  new Entry(service, name).deletePassword();
  return true;
}

/**
 * Once the keyring has refused, the binding answers from the kernel's session keyring, which ends with the login: a place that would
 * lose the secret. So the first refusal counts for the whole process.
 */
let hasRefused = false;

function keepsInKeyring(name: string, secret: string): boolean {
  if (hasRefused) return false;
  try {
    const entry = new Entry(service, name);
    entry.setPassword(secret);
    return entry.getPassword() === secret;
  } catch {
    // No secret service answers here.
    hasRefused = true;
    return false;
  }
}
