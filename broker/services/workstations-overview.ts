import type { Clock } from "../../core/ports/clock.ts";
import { mostListed } from "../../protocol/broker/console/live-view.ts";
import type { WorkstationsView } from "../../protocol/broker/console/workstations.ts";
import type { Store } from "../store/store.ts";
import { listWorkstations } from "../store/workstation-table.ts";
import { type House, placeOf } from "./house.ts";
import type { PushHub } from "./push-hub.ts";

interface Parts {
  readonly house: House;
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: PushHub;
}

/** The workstations of a place, or of all, with when each was last seen. */
export async function workstationsOverview(
  { house, store, clock, hub }: Parts,
  place: string | undefined,
  search: string,
): Promise<WorkstationsView> {
  const { count, listed } = await listWorkstations(store.db, search, mostListed, place);
  return {
    now: clock.now(),
    count,
    workstations: listed.map(({ id, name, place: at, enrolled_at: enrolledAt }) => ({
      id,
      name,
      place: at,
      placeName: placeOf(house, at)?.name ?? at,
      enrolledAt,
      ...hub.presenceOf(id),
    })),
  };
}
