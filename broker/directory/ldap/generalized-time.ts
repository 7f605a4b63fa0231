const form = /^(\d{4})(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:(\d\d))?)?(?:[.,](\d+))?(?:Z|([+-])(\d\d)(\d\d)?)$/;

/** GeneralizedTime (RFC 4517 3.3.13) as milliseconds since 1970. Throws where it is none. */
export function generalizedTimeMs(text: string): number {
  const match = form.exec(text);
  if (match === null) throw new Error(`“${text.slice(0, 40)}” is no time`);
  const [, year, month, day, hour, minute, second, fraction = "0", sign, hours = "0", minutes = "0"] = match;
  const unitMs = second !== undefined ? 1_000 : minute !== undefined ? 60_000 : 3_600_000;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute ?? 0),
    Number(second ?? 0),
  );
  const east = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === "-" ? -1 : 1);
  return local + Math.floor(Number(`0.${fraction}`) * unitMs) - east;
}

/** To the second, as filters compare it. */
export function generalizedTimeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}Z`;
}
