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
    try {
      const entry = new Entry(service, name);
      entry.setPassword(secret);
      if (entry.getPassword() === secret) return "keyring";
    } catch {
      // No secret service answers here.
    }
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

  #file(name: string): string {
    return join(this.#directory, `${name}.secret`);
  }
}
