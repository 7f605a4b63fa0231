import { type Fallback, isLiving } from "../../core/fallback/fallback.ts";
import { type FallbackEvent, fallbackTransition } from "../../core/fallback/fallback-transition.ts";
import { type FallbackEntry, type FallbackView, mostFallbacks } from "../../protocol/broker/console/fallback.ts";
import { type House, placeOf } from "../services/house.ts";
import { personsOfHolder } from "../store/directory-table.ts";
import { fallbacksSince } from "../store/fallback-table.ts";
import { knownHolder } from "../store/known-holder-table.ts";
import { lostCards } from "../store/lost-card-table.ts";
import type { Db } from "../store/store.ts";
import type { FallbackConfiguration } from "./fallback-configuration.ts";

interface Parts {
  readonly db: Db;
  readonly house: Pick<House, "places">;
  /** Absent: no temporary access is given. */
  readonly configuration: FallbackConfiguration | undefined;
  readonly now: number;
}

const dayMs = 24 * 3_600_000;

/** What the helpdesk sees of temporary access; `me`, PS_IdNat: who looks, since he may not do everything with each. */
export async function fallbackOverview(parts: Parts, me: string, mayAct: boolean): Promise<FallbackView> {
  const { db, now, configuration, house } = parts;
  const name = (id: string) => namedHolder(db, id);
  const fallbacks = await fallbacksSince(db, now - dayMs, mostFallbacks);
  return {
    now,
    ...(configuration === undefined || configuration.profiles.length === 0
      ? {}
      : { offer: offerOf(configuration, house) }),
    fallbacks: await Promise.all(fallbacks.map(fallback => entryOf(fallback, { name, now, me, mayAct }))),
    lostCards: await Promise.all(
      (await lostCards(db)).map(async ({ holder, by, ...lost }) => ({
        ...lost,
        holder: await name(holder),
        by: await name(by),
      })),
    ),
  };
}

/** A person as the directory or his last card calls him. */
export async function namedHolder(db: Db, id: string): Promise<{ id: string; displayName: string }> {
  const person = (await personsOfHolder(db, id))[0]?.person;
  return { id, displayName: person?.displayName ?? (await knownHolder(db, id))?.displayName ?? id };
}

function offerOf({ profiles, checklist }: FallbackConfiguration, house: Pick<House, "places">): FallbackView["offer"] {
  return {
    checklist,
    profiles: profiles.map(({ places, ...profile }) => ({
      ...profile,
      ...(places === undefined ? {} : { places: places.map(id => placeOf(house, id)?.name ?? id) }),
    })),
  };
}

interface Looking {
  readonly now: number;
  readonly me: string;
  readonly mayAct: boolean;
  name(id: string): Promise<{ id: string; displayName: string }>;
}

/** What may be done is what the rules would let happen now. */
async function entryOf(fallback: Fallback, { name, now, me, mayAct }: Looking): Promise<FallbackEntry> {
  const { id, holder, profile, state, reason, requestedAt } = fallback;
  const would = (event: FallbackEvent) => mayAct && fallbackTransition(fallback, event).outcome === "changed";
  const approvedBy = "approvedBy" in fallback ? fallback.approvedBy : undefined;
  const left = "left" in fallback ? fallback.left : state === "exhausted" ? 0 : undefined;
  return {
    id,
    holder,
    profile: profile.name,
    state,
    reason,
    requestedBy: await name(fallback.requestedBy),
    requestedAt,
    ...(approvedBy === undefined ? {} : { approvedBy: await name(approvedBy) }),
    ...(isLiving(fallback) ? { until: fallback.until } : { endedAt: fallback.endedAt }),
    ...(left === undefined ? {} : { left }),
    may: {
      approve: would({ type: "approved", by: me, at: now }),
      issue: would({ type: "issued", by: me, at: now }),
      revoke: would({ type: "revoked", at: now }) && isLiving(fallback) && now < fallback.until,
    },
  };
}
