import type { z } from "zod";
import { Failure } from "../../core/errors/failure.ts";
import { mostReported, type Report, type ReportKind, type reportOrder } from "../../protocol/broker/console/reports.ts";
import { csvHead, csvLine } from "../audit/csv.ts";
import { namedHolder } from "../fallback/fallback-overview.ts";
import { holderBehind } from "../store/alias-table.ts";
import type { Store } from "../store/store.ts";
import { type FoundRecord, searchTrail, type TrailFilter } from "../store/trail-search.ts";
import { appendTrail, numberOfAdded } from "../store/trail-table.ts";
import type { AdministratorAct } from "./administrator-act.ts";
import { trailRecordViewOf } from "./trail-overview.ts";

interface Parts {
  readonly store: Store;
  /** As exports name this broker. */
  readonly origin: string;
  placeNameOf(id: string): string;
}

/** What a temporary access, and what a card that is lost, leave in the trail. */
const actsOf = { fallback: ["fallback-", "card-", "sign-in-pause"], "break-glass": ["break-glass-"] } as const;

/**
 * What the trail has about a person, a workstation, or the accesses without card of a time, counted and record by record. That it was
 * made, by whom and why, is recorded first. Rejects with `workstation-unknown`.
 */
export async function makeReport(
  { store, origin, placeNameOf }: Parts,
  order: z.output<typeof reportOrder>,
  act: AdministratorAct,
): Promise<Report> {
  const { kind, subject = "", from, to, reason } = order;
  const about = await subjectOf(store, kind, subject);
  const recordedAs = await store.write(async tx => {
    const detail = JSON.stringify({ report: kind, ...about.recorded, from, to, reason });
    // The reason may call him by what was asked for, an older identifier of his.
    const names = kind === "person" && subject !== "" ? [subject] : [];
    await appendTrail(tx, { ...act, act: "report-made", holder: about.holder, detail }, names);
    return numberOfAdded(tx);
  });
  const found = await searchTrail(store, { ...about.filter, from, to, before: recordedAs }, mostReported + 1);
  const records = found.slice(0, mostReported).toReversed();
  return {
    kind,
    ...(about.name === undefined ? {} : { subject: about.name }),
    ...{ from, to, reason, recordedAs },
    madeAt: act.at,
    madeBy: (await namedHolder(store.db, act.by)).displayName,
    more: found.length > mostReported,
    acts: counted(records, ({ record }) => record.act),
    applications: counted(records, ({ record }) => record.application),
    means: counted(records, ({ record }) => record.means),
    workstations: counted(records, ({ record, workstationName }) => workstationName ?? record.workstation),
    records: records.map(found => trailRecordViewOf(found, placeNameOf)),
    csv: csvHead + records.map(({ sequence, hash, record }) => csvLine({ origin, sequence, hash, record })).join(""),
  };
}

interface Subject {
  readonly filter: TrailFilter;
  readonly recorded: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly holder?: string;
}

async function subjectOf(store: Store, kind: ReportKind, subject: string): Promise<Subject> {
  switch (kind) {
    case "person": {
      const holder = await holderBehind(store.db, subject);
      const { displayName } = await namedHolder(store.db, holder);
      return { filter: { holder }, recorded: {}, holder, name: `${displayName} (${holder})` };
    }
    case "workstation": {
      const known = await store.db
        .selectFrom("workstation")
        .select(["id", "name"])
        .where(at => at.or([at("id", "=", subject), at("name", "=", subject)]))
        .executeTakeFirst();
      // One that was withdrawn is known to the trail alone, by its identifier.
      const workstation = known?.id ?? subject;
      if (known === undefined && (await searchTrail(store, { workstation }, 1)).length === 0)
        throw new Failure("workstation-unknown", { detail: subject });
      return { filter: { workstation }, recorded: { workstation }, name: known?.name ?? subject };
    }
    case "fallback":
    case "break-glass":
      return { filter: { actsBeginning: actsOf[kind] }, recorded: {} };
    default:
      return kind satisfies never;
  }
}

/** The most first. */
function counted(records: readonly FoundRecord[], keyOf: (found: FoundRecord) => string | undefined) {
  const counts = new Map<string, number>();
  for (const found of records) {
    const key = keyOf(found);
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count);
}
