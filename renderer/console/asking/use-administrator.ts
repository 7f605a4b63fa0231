import { useEffect, useState } from "react";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import type { AdministratorView } from "../../../protocol/broker/console/administrator.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "./ask.ts";

/** `covered`: the broker does not say that the card is in, so nothing is shown. */
export type Presence =
  | { readonly state: "asking" }
  | { readonly state: "here"; readonly administrator: AdministratorView }
  | { readonly state: "covered"; readonly code: FailureCode };

const pauseMs = 2_000;

/**
 * Who is at the console. One question always waits at the broker, which answers when something happens to the seat: the page knows
 * that the card is out as soon as the broker does. While covered it asks again, since the card may come back.
 */
export function useAdministrator(): Presence {
  const [presence, setPresence] = useState<Presence>({ state: "asking" });
  useEffect(() => {
    const end = new AbortController();
    void follow(setPresence, end.signal);
    return () => end.abort();
  }, []);
  return presence;
}

async function follow(tell: (presence: Presence) => void, signal: AbortSignal): Promise<void> {
  let here = false;
  while (!signal.aborted) {
    try {
      const route = here ? consoleRoutes.seatChange : consoleRoutes.administrator;
      const administrator = await ask(route, {}, signal);
      here = true;
      if (!signal.aborted) tell({ state: "here", administrator });
    } catch (problem) {
      if (signal.aborted) return;
      here = false;
      tell({ state: "covered", code: asFailure(problem).code });
      await new Promise(resolve => setTimeout(resolve, pauseMs));
    }
  }
}
