import type { TrailRecordView, TrailView } from "../../protocol/broker/console/trail-view.ts";
import type { Store } from "../store/store.ts";
import { type FoundRecord, searchTrail, type TrailFilter } from "../store/trail-search.ts";
import { appendTrail, trailEnd } from "../store/trail-table.ts";
import { lastCheckpoint } from "../store/trail-tree-table.ts";
import type { AdministratorAct } from "./administrator-act.ts";

const onOnePage = 50;

/** A page of the trail for somebody who may read it. That he looked, and for what, is recorded before he sees it. */
export async function trailPage(
  store: Store,
  filter: TrailFilter,
  who: AdministratorAct,
  placeNameOf: (id: string) => string,
): Promise<TrailView> {
  // The page that follows another one is the same query.
  if (filter.before === undefined)
    await store.write(tx =>
      appendTrail(tx, { ...who, act: "trail-queried", detail: filterText(filter) }, namesIn(filter)),
    );
  const found = await searchTrail(store, filter, onOnePage + 1);
  const shown = found.slice(0, onOnePage);
  const last = found.length > onOnePage ? shown.at(-1) : undefined;
  const [contradicted] = await searchTrail(store, { act: "trail-inconsistent" }, 1);
  return {
    now: who.at,
    records: shown.map(row => trailRecordViewOf(row, placeNameOf)),
    ...(last === undefined ? {} : { next: last.sequence }),
    count: await trailEnd(store.db),
    sealed: (await lastCheckpoint(store.db))?.size ?? 0,
    ...(contradicted === undefined
      ? {}
      : {
          contradicted: {
            sequence: contradicted.sequence,
            at: contradicted.record.at,
            detail: contradicted.record.detail,
          },
        }),
  };
}

/** Whom a filter names. */
export function namesIn({ holder }: TrailFilter): string[] {
  return holder === undefined ? [] : [holder];
}

/** A filter as the trail records it. */
export function filterText(filter: TrailFilter): string {
  const said = Object.entries(filter).flatMap(([member, value]) => (value === undefined ? [] : [`${member}=${value}`]));
  return said.length === 0 ? "everything" : said.join(" ");
}

/** A record as the console shows it. */
export function trailRecordViewOf(
  { sequence, record, workstationName }: FoundRecord,
  placeNameOf: (id: string) => string,
): TrailRecordView {
  const { at, act, holder, by, shownAs, means, secondFactor, workstation, place, application, policy, code, detail } =
    record;
  return {
    sequence,
    at,
    act,
    holder,
    by,
    shownAs,
    means,
    secondFactor,
    workstation,
    workstationName: workstationName ?? undefined,
    place: place === undefined ? undefined : placeNameOf(place),
    application,
    policy,
    code,
    detail,
  };
}
