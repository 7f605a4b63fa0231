import type { HolderEntry, HolderView } from "../../protocol/broker/console/directory-view.ts";
import type { Admission } from "../directory/admission.ts";
import { directoryActivities } from "../directory/directory-activities.ts";
import { conflictsAmong, entriesThatGive, type KnownPerson, standingAmong } from "../directory/standing.ts";
import { registeredFactors } from "../second-factor/registered-factors.ts";
import { holderAliases, holderBehind } from "../store/alias-table.ts";
import { groupsOfPerson, personsOfHolder } from "../store/directory-table.ts";
import { fallbacksOfHolder } from "../store/fallback-table.ts";
import { findCards } from "../store/known-card-table.ts";
import { lostSince } from "../store/lost-card-table.ts";
import { sessionOfHolder } from "../store/session-table.ts";
import type { Db } from "../store/store.ts";
import { cardViewOf } from "./cards-overview.ts";
import type { House } from "./house.ts";
import { houseGroups } from "./house-groups.ts";

interface Parts {
  readonly db: Db;
  readonly house: Pick<House, "groups">;
  readonly admission: Admission;
  readonly now: number;
  nameOf(workstation: string): Promise<string>;
  /** Until when his name has to wait for the next temporary password. */
  pausedUntil(holder: string): Promise<number | undefined>;
}

/** As many of his cards and accesses are told. */
const mostOfEach = 20;

/** Everything about a holder: each source's entry, how he stands, what counts for him, and where he is. `identifier`: also an older one. */
export async function holderOverview(parts: Parts, identifier: string): Promise<HolderView> {
  const { db, house, admission, now } = parts;
  const holder = await holderBehind(db, identifier);
  const entries = await personsOfHolder(db, holder);
  const giving = entriesThatGive(entries);
  const refusal = await admission.refusalOf(db, holder);
  const session = await sessionOf(parts, holder);
  const lost = await lostSince(db, holder);
  const pausedUntil = await parts.pausedUntil(holder);
  return {
    now,
    holder,
    standing: standingAmong(entries).kind,
    ...(refusal === undefined ? {} : { refusal }),
    conflicts: [...conflictsAmong(entries)],
    entries: await Promise.all(entries.map(entry => entryView(db, entry, giving.includes(entry)))),
    groups: [...(await houseGroups(house, db).of(holder))].sort(),
    activities: [...(await directoryActivities(db).of(holder))],
    aliases: (await holderAliases(db)).flatMap(alias => (alias.holder === holder ? [alias.identifier] : [])),
    secondFactors: await registeredFactors(db, holder),
    ...(session === undefined ? {} : { session }),
    cards: (await findCards(db, { now, most: mostOfEach, holder })).cards.map(cardViewOf),
    ...(lost === undefined ? {} : { lostSince: lost }),
    fallbacks: (await fallbacksOfHolder(db, holder, mostOfEach)).map(({ id, state, reason, requestedAt }) => ({
      ...{ id, state, reason, requestedAt },
    })),
    ...(pausedUntil === undefined ? {} : { pausedUntil }),
  };
}

async function entryView(db: Db, { source, standing, person }: KnownPerson, gives: boolean): Promise<HolderEntry> {
  const { key, displayName, holder, account, mail, activities = [] } = person;
  const groups = [...(await groupsOfPerson(db, source, person))];
  return { source, key, displayName, standing, holder, account, mail, groups, activities, gives };
}

async function sessionOf({ db, now, nameOf }: Parts, holder: string): Promise<HolderView["session"]> {
  const session = await sessionOfHolder(db, holder);
  if (session === undefined || session.expiresAt <= now) return undefined;
  const { means, openedAt, expiresAt, seat } = session;
  const seated = seat && { workstationName: await nameOf(seat.workstation), state: seat.state };
  return { means, openedAt, expiresAt, ...(seated === undefined ? {} : { seat: seated }) };
}
