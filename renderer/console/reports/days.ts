/** A day as date fields have it, YYYY-MM-DD, in the browser's zone. */
export function today(now: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The first day of the month. */
export function firstOfMonth(now: Date): string {
  return `${today(now).slice(0, 8)}01`;
}
