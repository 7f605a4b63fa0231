import { randomBytes } from "node:crypto";
import { toBase32 } from "../../core/bytes/base32.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import type { OwnFactor } from "../../protocol/broker/own/own-routes.ts";
import { newIdentifier } from "../services/identifiers.ts";
import type { SealingKey } from "../services/sealing-key.ts";
import { noteFactorChange } from "../store/second-factor-notice-table.ts";
import {
  addFactor,
  factorsOf,
  type KeyFactor,
  type RegisteredFactor,
  removeFactor,
  removeFactorsOf,
} from "../store/second-factor-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { registeredFactors } from "./registered-factors.ts";
import type { SecurityKeys } from "./security-keys.ts";
import { totpSecretBytes, totpStepOf } from "./totp.ts";
import { totpAddress } from "./totp-address.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly keys: SecurityKeys;
  readonly secrets: SealingKey;
}

/** A registration that has begun: in memory, one of each kind for a seat. */
interface Begun {
  readonly until: number;
  readonly totpSecret?: Uint8Array;
  readonly keyChallenge?: string;
}

const begunMs = 10 * 60_000;
const mostKeys = 5;
const issuer = "Wardkey";

/** What a holder does with his own second factors, in a session that his card has opened. */
export class OwnFactors {
  readonly #parts: Parts;
  readonly #begun = new Map<string, Begun>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get keysPossible(): boolean {
    return this.#parts.keys.possible;
  }

  of(holder: string): Promise<OwnFactor[]> {
    return registeredFactors(this.#parts.store.db, holder);
  }

  /** A secret for an authenticator application; nothing counts before it has shown a right code. */
  beginTotp({ id, holder }: Session): { readonly secret: string; readonly address: string } {
    const totpSecret = randomBytes(totpSecretBytes);
    this.#begin(id, { totpSecret });
    return { secret: toBase32(totpSecret), address: totpAddress(totpSecret, issuer, holder.displayName) };
  }

  /** In place of the one that was registered. Rejects with `second-factor-wrong`, and `second-factor-over` where none has begun. */
  async confirmTotp(session: Session, code: string): Promise<void> {
    const { store, clock, secrets } = this.#parts;
    const now = clock.now();
    const { totpSecret } = this.#begunIn(session.id);
    if (totpSecret === undefined) throw new Failure("second-factor-over");
    const counter = totpStepOf(totpSecret, Buffer.from(code, "latin1"), now);
    if (counter === undefined) throw new Failure("second-factor-wrong");
    this.#begun.delete(session.id);
    const id = newIdentifier();
    const sealed = secrets.seal(totpSecret, id);
    totpSecret.fill(0);
    const holder = session.holder.id;
    // The code that confirms it opens nothing afterwards.
    const factor = { kind: "totp", id, holder, sealed, counter, registeredAt: now, usedAt: undefined } as const;
    await store.write(async tx => {
      await removeFactorsOf(tx, holder, "totp");
      await addFactor(tx, factor);
      await noteFactorChange(tx, holder, now);
      await appendTrail(tx, { ...this.#about(session), act: "second-factor-registered", secondFactor: "totp" });
    });
  }

  /** Rejects with `second-factors-full`. */
  async beginKey(session: Session) {
    const known = await this.#keysOf(session.holder.id);
    if (known.length >= mostKeys) throw new Failure("second-factors-full");
    const options = await this.#parts.keys.registration(session.holder.displayName, known);
    this.#begin(session.id, { keyChallenge: options.challenge });
    return options;
  }

  /** Rejects with `second-factor-key-refused`, `second-factors-full`, and `second-factor-over` where none has begun. */
  async confirmKey(session: Session, name: string, response: unknown): Promise<void> {
    const { store, clock, keys } = this.#parts;
    const { keyChallenge } = this.#begunIn(session.id);
    this.#begun.delete(session.id);
    if (keyChallenge === undefined) throw new Failure("second-factor-over");
    const told = await keys.registered(response, keyChallenge);
    const holder = session.holder.id;
    const facts = { id: newIdentifier(), holder, name, registeredAt: clock.now(), usedAt: undefined };
    await store.write(async tx => {
      const known = (await factorsOf(tx, holder)).filter(({ kind }) => kind === "security-key");
      if (known.length >= mostKeys) throw new Failure("second-factors-full");
      await addFactor(tx, { kind: "security-key", ...facts, ...told });
      await noteFactorChange(tx, holder, facts.registeredAt);
      const record = { ...this.#about(session), secondFactor: "security-key", detail: name } as const;
      await appendTrail(tx, { ...record, act: "second-factor-registered" }, [session.holder.displayName]);
    });
  }

  /** One that is not there any more stays away. */
  async remove(session: Session, id: string): Promise<void> {
    const { store, clock } = this.#parts;
    const holder = session.holder.id;
    const factor = (await factorsOf(store.db, holder)).find(known => known.id === id);
    if (factor === undefined) return;
    await store.write(async tx => {
      if (!(await removeFactor(tx, holder, id))) return;
      await noteFactorChange(tx, holder, clock.now());
      const record = { ...this.#about(session), secondFactor: factor.kind, detail: nameOf(factor) };
      await appendTrail(tx, { ...record, act: "second-factor-removed" }, [session.holder.displayName]);
    });
  }

  async #keysOf(holder: string): Promise<readonly KeyFactor[]> {
    return (await factorsOf(this.#parts.store.db, holder)).filter(factor => factor.kind === "security-key");
  }

  #begin(session: string, begun: Omit<Begun, "until">): void {
    const now = this.#parts.clock.now();
    for (const [key, { until }] of this.#begun) if (until <= now) this.#begun.delete(key);
    this.#begun.set(session, { ...begun, until: now + begunMs });
  }

  #begunIn(session: string): Partial<Begun> {
    const begun = this.#begun.get(session);
    return begun !== undefined && begun.until > this.#parts.clock.now() ? begun : {};
  }

  #about({ id: session, holder, means, seat }: Session) {
    const at = this.#parts.clock.now();
    return { at, holder: holder.id, means, assurance: assuranceOf(means), session, workstation: seat?.workstation };
  }
}

function nameOf(factor: RegisteredFactor): string | undefined {
  return factor.kind === "security-key" ? factor.name : undefined;
}
