import { createHash } from "node:crypto";
import type { House } from "../services/house.ts";
import { type HouseVersion, latestHouse, latestHouseVersion } from "../store/house-table.ts";
import type { Db } from "../store/store.ts";
import type { Served } from "./client-faults.ts";
import type { HouseSecrets } from "./house-secrets.ts";
import { type KeptHouse, keptHouse, nothingKept } from "./kept-house.ts";
import { type MergedHouse, mergeHouse, type SetAside } from "./merge-house.ts";

/**
 * What the hospital is made of now: what the configuration file says, and what administrators keep in the console. Every list is
 * replaced whole when one of them changes something, so that readers see a change as soon as it counts, and never half of it.
 */
export class HouseInForce implements House {
  readonly file: House & Served;
  readonly #secrets: HouseSecrets;
  #kept: KeptHouse = nothingKept;
  #version = 0;
  #merged: MergedHouse;

  private constructor(file: House & Served, secrets: HouseSecrets) {
    this.file = file;
    this.#secrets = secrets;
    this.#merged = mergeHouse(file, nothingKept);
  }

  /** Rejects where what is kept cannot be read: an altered document, or secrets of another key. */
  static async open(file: House & Served, db: Db, secrets: HouseSecrets): Promise<HouseInForce> {
    const house = new HouseInForce(file, secrets);
    await house.tick(db);
    return house;
  }

  get places(): House["places"] {
    return this.#merged.house.places;
  }

  get applications(): House["applications"] {
    return this.#merged.house.applications;
  }

  get groups(): House["groups"] {
    return this.#merged.house.groups;
  }

  get structures(): House["structures"] {
    return this.#merged.house.structures;
  }

  get policyTexts(): KeptHouse["policies"] {
    return this.#kept.policies;
  }

  /** What of it is the console's, with its secrets. */
  get kept(): KeptHouse {
    return this.#kept;
  }

  /** Of the console's part; 0: nothing was ever kept. */
  get version(): number {
    return this.#version;
  }

  get setAside(): readonly SetAside[] {
    return this.#merged.setAside;
  }

  /** Looks whether another broker of this store changed it; true where one did. */
  async tick(db: Db): Promise<boolean> {
    if ((await latestHouseVersion(db)) === this.#version) return false;
    const latest = await latestHouse(db);
    if (latest === undefined) return false;
    this.take(openHouse(latest, this.#secrets), latest.version);
    return true;
  }

  /** This counts from now on. It was checked and written before. */
  take(kept: KeptHouse, version: number): void {
    this.#merged = mergeHouse(this.file, kept);
    this.#kept = kept;
    this.#version = version;
  }
}

/** A version as it was kept. Throws where it was altered since, no longer fits, or its secrets are of another key. */
export function openHouse({ version, document, hash }: HouseVersion, secrets: HouseSecrets): KeptHouse {
  if (hashOf(document) !== hash) throw new Error(`version ${version} of the house was altered in the store`);
  const written = JSON.parse(document) as { applications: readonly unknown[] };
  return keptHouse.parse({
    ...written,
    applications: written.applications.map(application => secrets.open(application)),
  });
}

/** For the store: its text with sealed secrets, and the text's hash. */
export function sealHouse(kept: KeptHouse, secrets: HouseSecrets): Pick<HouseVersion, "document" | "hash"> {
  const applications = kept.applications.map(application => secrets.seal(application));
  const document = JSON.stringify({ ...kept, applications });
  return { document, hash: hashOf(document) };
}

function hashOf(document: string): string {
  return createHash("sha256").update(document).digest("hex");
}
