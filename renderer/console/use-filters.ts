import { addressOf, goTo, useAddress } from "./use-address.ts";

interface Filters {
  /** Those that the address has, by name. */
  readonly written: Readonly<Record<string, string>>;
  /** The address with these changed; an empty one is left out. */
  readonly withFilter: (change: Readonly<Record<string, string>>) => string;
  /** Goes there, in place of the present address. */
  readonly change: (change: Readonly<Record<string, string>>) => void;
}

/** The filters of the page that is shown: they stand in the address, so that a link reproduces the view. */
export function useFilters(page: string): Filters {
  const written = Object.fromEntries(useAddress().filters);
  const withFilter = (change: Readonly<Record<string, string>>) => addressOf(page, { ...written, ...change });
  return { written, withFilter, change: change => goTo(withFilter(change), true) };
}
