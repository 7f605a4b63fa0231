import { directorySourceStates } from "../store/directory-source-table.ts";
import { personsOfHolder } from "../store/directory-table.ts";
import type { Db } from "../store/store.ts";
import type { DirectoryConfiguration } from "./directory-configuration.ts";
import { type Standing, standingAmong } from "./standing.ts";

/** Why a holder may not be here. */
export interface Refusal {
  readonly code: "holder-disabled" | "holder-not-in-directory";
  /** Names the sources that say so. */
  readonly detail: string;
}

/** Whom the directory lets in: asked before a PIN, again with the proof, and of everybody who is there when it has changed. */
export class Admission {
  readonly #required: boolean;
  readonly #sources: readonly string[];

  constructor({ required, sources }: DirectoryConfiguration) {
    this.#required = required;
    this.#sources = sources.map(({ id }) => id);
  }

  async refusalOf(db: Db, holder: string): Promise<Refusal | undefined> {
    return this.#refusal(standingAmong(await personsOfHolder(db, holder)));
  }

  /**
   * True where whoever no source knows has to leave: one is demanded, and each has been read. Before that he signs in no more, and
   * whoever is there stays: the first look at a new source is not to clear the wards.
   */
  async unknownLeave(db: Db): Promise<boolean> {
    if (!this.#required) return false;
    const states = await directorySourceStates(db);
    return this.#sources.every(id => states.get(id)?.everythingAt !== undefined);
  }

  #refusal(standing: Standing): Refusal | undefined {
    switch (standing.kind) {
      case "active":
        return undefined;
      case "unknown":
        return this.#required ? { code: "holder-not-in-directory", detail: "no source knows the holder" } : undefined;
      case "disabled":
        return { code: "holder-disabled", detail: `disabled by ${standing.sources.join(", ")}` };
      case "gone":
        return { code: "holder-disabled", detail: `gone from ${standing.sources.join(", ")}` };
    }
  }
}
