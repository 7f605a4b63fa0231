import { randomInt } from "node:crypto";
import { Failure } from "../../core/errors/failure.ts";
import { type Fallback, isLiving, requestFallback } from "../../core/fallback/fallback.ts";
import { type FallbackEvent, fallbackTransition } from "../../core/fallback/fallback-transition.ts";
import { drawPassword } from "../../core/fallback/temporary-password.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Session } from "../../core/session/session.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { FallbackOrder } from "../../protocol/broker/console/fallback.ts";
import type { Admission } from "../directory/admission.ts";
import type { Notice } from "../notices/notice.ts";
import type { QueueNotice } from "../notices/queue-notice.ts";
import type { AdministratorAct } from "../services/administrator-act.ts";
import { newIdentifier } from "../services/identifiers.ts";
import type { SessionEndings } from "../services/session-endings.ts";
import { holderBehind } from "../store/alias-table.ts";
import { personsOfHolder } from "../store/directory-table.ts";
import {
  addFallback,
  fallbackById,
  forgetEndedFallbacks,
  livingFallbackOf,
  livingFallbacks,
  saveFallback,
} from "../store/fallback-table.ts";
import { forgetOldHolders, knownHolder } from "../store/known-holder-table.ts";
import type { Db, Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { FallbackConfiguration } from "./fallback-configuration.ts";
import { namesOfHolder } from "./names-of-holder.ts";
import type { PasswordHashes } from "./password-hashes.ts";
import { writeLoss } from "./report-lost-card.ts";

interface Parts {
  readonly configuration: FallbackConfiguration;
  readonly store: Store;
  readonly clock: Clock;
  readonly admission: Admission;
  readonly sessionEndings: SessionEndings;
  readonly hashes: PasswordHashes;
  readonly queueNotice: QueueNotice;
}

/** A password that is told once, here. */
export interface IssuedPassword {
  readonly password: string;
  readonly fallback: Extract<Fallback, { state: "issued" }>;
}

type Requested = { readonly state: "waiting"; readonly id: string } | ({ readonly state: "issued" } & IssuedPassword);

/** What goes with an issue, in its transaction. */
interface Issuing {
  readonly passwordHash?: string;
  readonly notice?: (issued: Fallback & { readonly until?: number }) => Notice;
}

/** What the helpdesk does for a holder without his card; each act stands in the trail before it counts. */
export class Fallbacks {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get configuration(): FallbackConfiguration {
    return this.#parts.configuration;
  }

  /**
   * Asks for a temporary access, reports the card lost where it is, and issues at once where the profile asks for nobody else.
   * Rejects with `fallback-not-checked`, `fallback-second-person`, `fallback-present`, the directory's refusals and
   * `request-malformed`; nothing was done then.
   */
  async request(order: FallbackOrder, act: AdministratorAct): Promise<Requested> {
    const { store, configuration } = this.#parts;
    const profile = configuration.profiles.find(({ id }) => id === order.profile);
    if (profile === undefined) throw new Failure("request-malformed", { detail: `no profile “${order.profile}”` });
    const missing = configuration.checklist.find(({ id, required }) => required && !order.checked.includes(id));
    if (missing !== undefined) throw new Failure("fallback-not-checked", { detail: missing.id });
    const holder = await holderBehind(store.db, order.holder);
    if (holder === act.by) throw new Failure("fallback-second-person");
    const checked = configuration.checklist.flatMap(({ id }) => (order.checked.includes(id) ? [id] : []));
    const { reason, cardLost } = order;
    const requested = await store.write(async tx => {
      const person = await this.#person(tx, holder);
      if ((await livingFallbackOf(tx, holder)) !== undefined) throw new Failure("fallback-present");
      const { at: requestedAt, by: requestedBy } = act;
      const facts = { id: newIdentifier(), holder: person, profile, reason, checked, requestedBy, requestedAt };
      const fallback = requestFallback(facts);
      const persons = (await personsOfHolder(tx, holder)).map(known => known.person);
      await addFallback(tx, fallback, namesOfHolder(person, persons));
      const detail = JSON.stringify({ reason, profile: profile.id, checked });
      await appendTrail(tx, { ...act, act: "fallback-requested", holder, fallback: fallback.id, detail });
      if (cardLost) await writeLoss(tx, holder, reason, act);
      return fallback;
    });
    if (cardLost) await this.#parts.sessionEndings.endOf(holder, "withdrawn: card reported lost");
    if (requested.state === "requested") return { state: "waiting", id: requested.id };
    return { state: "issued", ...(await this.issue(requested.id, act)) };
  }

  /** A second person agrees. Rejects with `fallback-second-person` where it is none, `fallback-over` and `request-malformed`. */
  async approve(id: string, act: AdministratorAct): Promise<void> {
    await this.#change(id, { type: "approved", by: act.by, at: act.at }, () => ({ ...act, act: "fallback-approved" }));
  }

  /** Draws the password, which nobody can be told again. Rejects with `fallback-second-person`, `fallback-not-approved`, `fallback-over` and `request-malformed`. */
  async issue(id: string, act: AdministratorAct): Promise<IssuedPassword> {
    const password = drawPassword(limit => randomInt(limit));
    const hash = await this.#parts.hashes.hash(Buffer.from(password, "latin1"));
    const fallback = await this.#change(
      id,
      { type: "issued", by: act.by, at: act.at },
      ({ profile, until }) => ({
        ...act,
        act: "fallback-issued",
        detail: JSON.stringify({ profile: profile.id, until, signIns: profile.signIns }),
      }),
      { passwordHash: hash, notice: issued => noticeOf(issued, act) },
    );
    if (fallback.state !== "issued") throw new Failure("fallback-over");
    return { password, fallback };
  }

  /** Ends it and the session that it opened. One that has ended stays as it is. */
  async revoke(id: string, reason: string, act: AdministratorAct): Promise<void> {
    await this.#change(id, { type: "revoked", at: act.at }, () => ({
      ...act,
      act: "fallback-revoked",
      detail: reason,
    }));
    await this.endSessions();
  }

  /** Ends what has come to its time, with its sessions, and forgets what is old. */
  async tick(): Promise<void> {
    const { store, clock } = this.#parts;
    const at = clock.now();
    for (const { fallback } of await livingFallbacks(store.db))
      if (isLiving(fallback) && fallback.until <= at)
        await this.#change(fallback.id, { type: "time-passed", at }, ended => ({
          at,
          act: "fallback-ended",
          detail: ended.state,
        }));
    await this.endSessions();
    await store.write(async tx => {
      await forgetEndedFallbacks(tx, at);
      await forgetOldHolders(tx, at);
    });
  }

  /** Ends every session of a temporary password whose access has ended: also after a crash between the two. */
  async endSessions(): Promise<void> {
    const isHeld = async (tx: Writing, { holder }: Session) => (await livingFallbackOf(tx, holder.id)) !== undefined;
    await this.#parts.sessionEndings.endByMeans("temporary-password", "temporary access ended", isHeld);
  }

  /** Name and standing of a holder whom the directory or an earlier card knows. */
  async #person(db: Db, holder: string): Promise<Fallback["holder"]> {
    const refusal = await this.#parts.admission.refusalOf(db, holder);
    if (refusal !== undefined) throw new Failure(refusal.code, { detail: refusal.detail });
    const displayName =
      (await personsOfHolder(db, holder))[0]?.person.displayName ?? (await knownHolder(db, holder))?.displayName;
    if (displayName === undefined) throw new Failure("holder-not-in-directory");
    return { id: holder, displayName };
  }

  async #change(
    id: string,
    event: FallbackEvent,
    record: (changed: Fallback & { readonly until?: number }) => TrailRecord,
    { passwordHash, notice }: Issuing = {},
  ): Promise<Fallback> {
    return this.#parts.store.write(async (tx: Writing) => {
      const kept = await fallbackById(tx, id);
      if (kept === undefined) throw new Failure("request-malformed", { detail: "no such temporary access" });
      const outcome = fallbackTransition(kept.fallback, event);
      if (outcome.outcome === "refused") throw new Failure(outcome.code);
      if (outcome.outcome === "unchanged") return kept.fallback;
      const { fallback } = outcome;
      await saveFallback(tx, fallback, passwordHash);
      await appendTrail(tx, { ...record(fallback), holder: fallback.holder.id, fallback: id });
      if (notice !== undefined) await this.#parts.queueNotice(tx, notice(fallback));
      return fallback;
    });
  }
}

function noticeOf({ holder, until = 0 }: Fallback & { readonly until?: number }, act: AdministratorAct): Notice {
  return { kind: "fallback-issued", at: act.at, holder: holder.id, place: act.place, until };
}
