const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** How far from now, as people say it: “2 hours ago”, “in 6 days”. Below a minute it says seconds by tens, so that it does not run. */
export function relativeTime(at: number, now: number, language: string): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  const away = at - now;
  for (const [unit, ms] of units) if (Math.abs(away) >= ms) return words.format(Math.trunc(away / ms), unit);
  return words.format(Math.trunc(away / 10_000) * 10, "second");
}

/** Day and time to the second, with the zone: what stands behind a relative time. */
export function absoluteTime(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "long" }).format(at);
}
