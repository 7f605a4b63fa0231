/** `member` whole, or `member;range=1500-2999`. */
export function entryRange(attribute: string, from: number, count: number | undefined): string {
  return count === undefined ? attribute : `${attribute};range=${from}-${from + count - 1}`;
}
