import type { BreakGlass } from "../../core/break-glass/break-glass.ts";
import { breakGlassTransition } from "../../core/break-glass/break-glass-transition.ts";
import {
  type BreakGlassView,
  type GlassEntry,
  mostGlasses,
  type OpenGlassView,
} from "../../protocol/broker/console/break-glass.ts";
import type { ConsoleRole } from "../../protocol/broker/console/roles.ts";
import { namedHolder } from "../fallback/fallback-overview.ts";
import { type House, placeOf } from "../services/house.ts";
import { glassesSince, launchesOfGlass, openGlasses } from "../store/break-glass-table.ts";
import type { Db } from "../store/store.ts";
import type { BreakGlassConfiguration } from "./break-glass-configuration.ts";

interface Parts {
  readonly db: Db;
  readonly house: Pick<House, "places" | "applications">;
  /** Absent: there is no emergency access. */
  readonly configuration: BreakGlassConfiguration | undefined;
  readonly now: number;
}

const dayMs = 24 * 3_600_000;

/** What helpdesk and auditors see of emergency access; `me`, PS_IdNat: who looks, since he may not do everything with each. */
export async function breakGlassOverview(
  parts: Parts,
  me: string,
  roles: readonly ConsoleRole[],
): Promise<BreakGlassView> {
  const glasses = await glassesSince(parts.db, parts.now - 30 * dayMs, mostGlasses);
  return {
    now: parts.now,
    offered: parts.configuration !== undefined,
    glasses: await Promise.all(glasses.map(glass => entryOf(parts, glass, me, roles))),
  };
}

/** What is open now. */
export async function openGlassesOverview({ db, house, now }: Parts): Promise<readonly OpenGlassView[]> {
  return (await openGlasses(db)).flatMap(glass => {
    if (glass.state !== "open" || glass.until <= now) return [];
    const { id, holder, identity, until } = glass;
    return [{ id, holder, identity, until, placeName: placeNameOf(house, glass) }];
  });
}

/** What may be done is what the rules would let happen now. */
async function entryOf(
  { db, house, configuration, now }: Parts,
  glass: BreakGlass,
  me: string,
  roles: readonly ConsoleRole[],
): Promise<GlassEntry> {
  const { id, holder, identity, state, reason, workstation, openedAt } = glass;
  const review = { type: "reviewed", by: me, finding: "justified", words: "", at: now } as const;
  const mayReview = breakGlassTransition(glass, review).outcome === "changed";
  const launches = await launchesOfGlass(db, id);
  const nameOf = (application: string) => house.applications.find(known => known.id === application)?.name;
  const kind = configuration?.reasons.find(known => known.id === reason.kind)?.text ?? { en: reason.kind };
  return {
    ...{ id, holder, identity, state, openedAt },
    reason: { kind, words: reason.words },
    workstationName: workstation.name,
    placeName: placeNameOf(house, glass),
    launches: launches.map(({ application, at }) => ({ application, at, name: nameOf(application) ?? application })),
    ...(glass.state === "open"
      ? { until: glass.until }
      : {
          endedAt: glass.endedAt,
          end: glass.end,
          ...(configuration === undefined ? {} : { dueAt: glass.endedAt + configuration.reviewDays * dayMs }),
        }),
    ...(glass.state === "reviewed" ? { review: { ...glass.review, by: await namedHolder(db, glass.review.by) } } : {}),
    may: {
      revoke: glass.state === "open" && now < glass.until && roles.includes("helpdesk"),
      review: mayReview && roles.includes("auditor"),
    },
  };
}

function placeNameOf(house: Pick<House, "places">, { place }: BreakGlass): string {
  return placeOf(house, place)?.name ?? place;
}
