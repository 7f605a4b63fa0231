import { useSyncExternalStore } from "react";
import { consoleBase } from "../../protocol/broker/console/routes.ts";

export interface Address {
  /** The page's name. */
  readonly page: string;
  /** Filters, so that a link reproduces the view. */
  readonly filters: URLSearchParams;
}

const changed = "wardkey-address";

function subscribe(listener: () => void): () => void {
  for (const event of ["popstate", changed]) window.addEventListener(event, listener);
  return () => {
    for (const event of ["popstate", changed]) window.removeEventListener(event, listener);
  };
}

export function useAddress(): Address {
  const text = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const { pathname, searchParams } = new URL(text, location.origin);
  return { page: pathname.slice(consoleBase.length), filters: searchParams };
}

export function addressOf(page: string, filters: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ""));
  return `${consoleBase}${page}${query.size > 0 ? `?${query}` : ""}`;
}

/** `quietly`: in place of the present address, as while a filter is typed. */
export function goTo(address: string, quietly = false): void {
  if (quietly) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  window.dispatchEvent(new Event(changed));
}
