/** A moment as a clock on the hospital's wall shows it. */
export interface LocalTime {
  readonly hour: number;
  readonly minuteOfDay: number;
  /** `monday` to `sunday`. */
  readonly weekday: string;
}

/** Reads moments in one time zone, by its IANA name. Throws where there is no such zone. The last minute read is kept. */
export function wallClock(timeZone: string): (at: number) => LocalTime {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  let last: { readonly minute: number; readonly time: LocalTime } | undefined;
  return at => {
    const minute = Math.floor(at / 60_000);
    if (last?.minute === minute) return last.time;
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const hour = Number(parts.get("hour"));
    const time = {
      hour,
      minuteOfDay: hour * 60 + Number(parts.get("minute")),
      weekday: (parts.get("weekday") ?? "").toLowerCase(),
    };
    last = { minute, time };
    return time;
  };
}
