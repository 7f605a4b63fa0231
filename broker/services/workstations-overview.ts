import type { Clock } from "../../core/ports/clock.ts";
import { mostListed } from "../../protocol/broker/console/live-view.ts";
import type { PlacedWorkstation, presences, WorkstationsView } from "../../protocol/broker/console/workstations.ts";
import { sessionsAt } from "../store/session-table.ts";
import type { Store } from "../store/store.ts";
import { type SeenWorkstation, seenWorkstations } from "../store/workstation-state-table.ts";
import { listWorkstations } from "../store/workstation-table.ts";
import { type House, placeOf } from "./house.ts";
import type { PushHub } from "./push-hub.ts";

interface Parts {
  readonly house: House;
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: PushHub;
  readonly brokerVersion: string;
}

interface Question {
  readonly place?: string | undefined;
  readonly search?: string | undefined;
  readonly presence?: (typeof presences)[number] | undefined;
}

/** Presence is in memory: whoever asks for it has all of a place looked through, and no more than so many. */
const mostLookedThrough = 60_000;

/** The workstations of a place, or of all: when each was last seen, what it said of itself, and who sits there. */
export async function workstationsOverview(parts: Parts, question: Question): Promise<WorkstationsView> {
  const { house, store, clock, brokerVersion } = parts;
  const { place, search = "", presence } = question;
  const most = presence === undefined ? mostListed : mostLookedThrough;
  const { count, listed } = await listWorkstations(store.db, search.trim(), most, place);
  const all = await describe(parts, listed);
  const fitting = all.filter(one => presence === undefined || fits(one, presence, brokerVersion));
  return {
    now: clock.now(),
    brokerVersion,
    places: house.places.map(({ id, name }) => ({ id, name })),
    count: presence === undefined ? Number(count) : fitting.length,
    workstations: fitting.slice(0, mostListed),
  };
}

type Listed = Awaited<ReturnType<typeof listWorkstations>>["listed"];

async function describe({ house, store, hub }: Parts, listed: Listed): Promise<readonly PlacedWorkstation[]> {
  const described: PlacedWorkstation[] = [];
  // A statement takes so many values, and no more.
  for (let from = 0; from < listed.length; from += 500) {
    const some = listed.slice(from, from + 500);
    const ids = some.map(({ id }) => id);
    const seen = await seenWorkstations(store.db, ids);
    const sessions = await sessionsAt(store.db, ids);
    for (const { id, name, place, enrolled_at: enrolledAt } of some) {
      const { connected, seenAt = seen.get(id)?.seenAt } = hub.presenceOf(id);
      const session = sessions.get(id);
      described.push({
        ...{ id, name, place, placeName: placeOf(house, place)?.name ?? place, enrolledAt, connected },
        ...(seenAt === undefined ? {} : { seenAt }),
        ...saidOf(seen.get(id)),
        ...(session === undefined ? {} : { session }),
      });
    }
  }
  return described;
}

function saidOf(seen: SeenWorkstation | undefined): Partial<PlacedWorkstation> {
  if (seen?.state === undefined) return {};
  const { version, host, readers, trouble, waiting } = seen.state;
  return { version, host, readers, ...(trouble === undefined ? {} : { trouble }), waiting };
}

function fits(
  { connected, version }: PlacedWorkstation,
  presence: (typeof presences)[number],
  brokerVersion: string,
): boolean {
  switch (presence) {
    case "connected":
      return connected;
    case "away":
      return !connected;
    case "outdated":
      return version !== brokerVersion;
    default:
      return presence satisfies never;
  }
}
