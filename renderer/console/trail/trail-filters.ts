import type { z } from "zod";
import type { trailQuestion } from "../../../protocol/broker/console/trail-view.ts";

const texts = ["holder", "workstation", "application", "act"] as const;
const dayMs = 86_400_000;

/** The question that the address asks: days (YYYY-MM-DD, in the browser's zone) become moments. */
export function readFilters(written: Readonly<Record<string, string>>): z.input<typeof trailQuestion> {
  const { from, to } = readDays(written);
  const before = Number(written["before"]);
  return {
    ...Object.fromEntries(texts.flatMap(name => (written[name]?.trim() ? [[name, written[name].trim()]] : []))),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(Number.isInteger(before) && before > 0 ? { before } : {}),
  };
}

/** The first and the last moment of days (YYYY-MM-DD, in the browser's zone): the last day counts to its end. */
export function readDays(written: Readonly<Record<string, string>>): {
  readonly from: number | undefined;
  readonly to: number | undefined;
} {
  const last = startOfDay(written["to"]);
  return { from: startOfDay(written["from"]), to: last === undefined ? undefined : last + dayMs - 1 };
}

function startOfDay(day: string | undefined): number | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day ?? "") ? new Date(`${day}T00:00:00`).getTime() : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at);
}
