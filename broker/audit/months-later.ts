/** The same moment of the day so many months later (UTC); what such a month has not is counted into the next. Milliseconds since 1970. */
export function monthsLater(at: number, months: number): number {
  const day = new Date(at);
  return day.setUTCMonth(day.getUTCMonth() + months);
}
