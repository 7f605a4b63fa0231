import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { AdministratorAct } from "./administrator-act.ts";
import { fingerprint, newIdentifier, newSecret } from "./identifiers.ts";

export interface Workstation {
  readonly id: string;
  readonly name: string;
  readonly place: string;
}

const codeLifetimeMs = 24 * 3_600_000;

/** Which machines belong to the house: one-time codes, and the keys that were enrolled with them. */
export class Enrolments {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** A new one-time code; only the hash of its secret is kept. Recorded where an administrator asked for it in the console. */
  async newSecret(
    place: string,
    act?: AdministratorAct & Pick<TrailRecord, "detail">,
  ): Promise<{ readonly secret: string; readonly expiresAt: number }> {
    const secret = newSecret(160);
    const expiresAt = this.#clock.now() + codeLifetimeMs;
    await this.#store.write(async tx => {
      const row = { secret_hash: fingerprint(secret), place, expires_at: expiresAt };
      await tx.insertInto("enrolment_code").values(row).execute();
      if (act === undefined) return;
      await appendTrail(tx, { ...act, act: "enrolment-code-made", detail: `for ${place}; ${act.detail}` });
    });
    return { secret, expiresAt };
  }

  /** Takes the code and remembers the key. Rejects with `enrolment-code-wrong`. */
  async enrol(secret: string, name: string, keyHash: string): Promise<Workstation> {
    const now = this.#clock.now();
    return this.#store.write(async tx => {
      const code = await tx
        .deleteFrom("enrolment_code")
        .where("secret_hash", "=", fingerprint(secret))
        .returningAll()
        .executeTakeFirst();
      if (code === undefined || code.expires_at < now) throw new Failure("enrolment-code-wrong");
      const workstation = { id: newIdentifier(), name, place: code.place };
      await tx
        .insertInto("workstation")
        .values({ ...workstation, key_hash: keyHash, enrolled_at: now })
        .execute();
      await appendTrail(tx, {
        at: now,
        act: "workstation-enrolled",
        workstation: workstation.id,
        place: code.place,
        detail: name,
      });
      return workstation;
    });
  }

  async byKey(keyHash: string): Promise<Workstation | undefined> {
    return this.#store.db
      .selectFrom("workstation")
      .select(["id", "name", "place"])
      .where("key_hash", "=", keyHash)
      .executeTakeFirst();
  }

  async byId(id: string): Promise<Workstation | undefined> {
    return this.#store.db
      .selectFrom("workstation")
      .select(["id", "name", "place"])
      .where("id", "=", id)
      .executeTakeFirst();
  }

  async nameOf(workstation: string): Promise<string> {
    return (await this.byId(workstation))?.name ?? workstation;
  }
}
