import type { TFunction } from "i18next";

/** A duration as people read it: milliseconds below a second, seconds with one decimal above. */
export function durationText(ms: number, t: TFunction, language: string): string {
  if (ms < 1_000) return t("console.stopwatch.milliseconds", { value: Math.round(ms) });
  const value = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(ms / 1_000);
  return t("console.stopwatch.seconds", { value });
}
