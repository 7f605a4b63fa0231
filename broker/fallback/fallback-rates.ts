import { type FallbackRates, mostAlarms, mostPersons } from "../../protocol/broker/console/fallback-rates.ts";
import { type House, placeOf } from "../services/house.ts";
import { issuedByHolder } from "../store/fallback-table.ts";
import { signInsByPlace } from "../store/sign-in-count-table.ts";
import type { Store } from "../store/store.ts";
import { searchTrail } from "../store/trail-search.ts";
import { type FallbackConfiguration, fallbackAlarms } from "./fallback-configuration.ts";
import { namedHolder } from "./fallback-overview.ts";

interface Parts {
  readonly store: Store;
  readonly house: Pick<House, "places">;
  /** Absent: no temporary access is given. */
  readonly configuration: FallbackConfiguration | undefined;
  readonly now: number;
  /** The first day that counts for the places. */
  readonly since: string;
}

const monthMs = 30 * 24 * 3_600_000;

/** How often people sign in without their card: in each place, and of each person; what is above the hospital's limits is an alarm. */
export async function fallbackRates(parts: Parts): Promise<FallbackRates> {
  const { store, now, house } = parts;
  const limits = parts.configuration?.alarms ?? fallbackAlarms.parse({});
  const persons = await issuedByHolder(store.db, now - monthMs, mostPersons);
  const sprayed = await searchTrail(store, { act: "fallback-sprayed", from: now - monthMs }, mostAlarms);
  return {
    now,
    limits,
    places: await placeRates(parts, limits),
    persons: await Promise.all(
      persons.map(async ({ holder, issued, lastAt }) => ({
        holder: await namedHolder(store.db, holder),
        issued,
        lastAt,
        alarm: issued >= limits.perPerson,
      })),
    ),
    sprayed: sprayed.map(({ record, workstationName }) => ({
      at: record.at,
      ...(workstationName === null ? {} : { workstationName }),
      ...(record.place === undefined ? {} : { placeName: placeOf(house, record.place)?.name ?? record.place }),
      ...(record.detail === undefined ? {} : { detail: record.detail }),
    })),
  };
}

async function placeRates({ store, house, since }: Parts, limits: FallbackRates["limits"]) {
  const places = new Map<string, { signIns: number; byPassword: number; byBreakGlass: number }>();
  for (const { place, means, count } of await signInsByPlace(store.db, since)) {
    const known = places.get(place) ?? { signIns: 0, byPassword: 0, byBreakGlass: 0 };
    known.signIns += count;
    if (means === "temporary-password") known.byPassword += count;
    if (means === "break-glass") known.byBreakGlass += count;
    places.set(place, known);
  }
  return [...places]
    .map(([place, counted]) => {
      const rate = (100 * (counted.byPassword + counted.byBreakGlass)) / counted.signIns;
      const alarm = counted.signIns >= limits.fewest && rate > limits.perHundred;
      return { place, name: placeOf(house, place)?.name ?? place, ...counted, rate, alarm };
    })
    .sort((a, b) => b.rate - a.rate);
}
