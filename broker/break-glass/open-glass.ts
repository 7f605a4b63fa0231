import type { BreakGlass, BreakGlassFacts } from "../../core/break-glass/break-glass.ts";
import { alarmDetail, type TrailAlarm } from "../../core/trail/trail-alarm.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { QueueNotice } from "../notices/queue-notice.ts";
import { addGlass, countGlasses } from "../store/break-glass-table.ts";
import type { Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { BreakGlassConfiguration } from "./break-glass-configuration.ts";

/** `again`: the same holder's second one within the hours that the configuration says. `place`: too many at one place. */
export type GlassAlarm = Extract<TrailAlarm, { alarm: "again" | "place" }>;

const hourMs = 3_600_000;

/**
 * Breaks the glass in the transaction of what it opens: the record first, with the alarms that it is. Answers the glass, and what it
 * is an alarm of.
 */
export async function openGlass(
  tx: Writing,
  facts: BreakGlassFacts,
  configuration: BreakGlassConfiguration,
  about: Pick<TrailRecord, "session" | "application" | "assurance">,
  queueNotice: QueueNotice,
): Promise<{ readonly glass: BreakGlass & { readonly state: "open" }; readonly alarms: readonly GlassAlarm[] }> {
  const { id, holder, identity, means, workstation, place, reason, openedAt: at } = facts;
  const glass = { ...facts, state: "open", until: at + configuration.minutes * 60_000 } as const;
  const { againHours, placeAlarm } = configuration;
  const own = await countGlasses(tx, { holder: holder.id }, at - againHours * hourMs);
  const here = await countGlasses(tx, { place }, at - placeAlarm.hours * hourMs);
  await addGlass(tx, glass);
  const record = {
    ...about,
    at,
    means,
    holder: holder.id,
    workstation: workstation.id,
    place,
    breakGlass: id,
    ...(identity === "claimed" ? { identity } : {}),
  };
  const detail = JSON.stringify({ reason: reason.kind, words: reason.words, until: glass.until, identity });
  await appendTrail(tx, { ...record, act: "break-glass-opened", detail });
  const alarms: GlassAlarm[] = [
    ...(own > 0 ? [{ alarm: "again", times: own + 1, hours: againHours } as const] : []),
    ...(here + 1 >= placeAlarm.count ? [{ alarm: "place", times: here + 1, hours: placeAlarm.hours } as const] : []),
  ];
  for (const alarm of alarms)
    await appendTrail(tx, { ...record, act: "break-glass-alarm", detail: alarmDetail(alarm) });
  await queueNotice(tx, {
    ...{ kind: "break-glass-used", at, holder: holder.id, place, workstation: workstation.name, until: glass.until },
  });
  return { glass, alarms };
}
