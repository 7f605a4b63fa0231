import { useEffect, useState } from "react";
import { asFailure } from "../../../core/errors/failure.ts";
import type { HouseChange, HouseFault } from "../../../protocol/broker/console/house-change.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";

/** While somebody types, the broker is asked after this long a pause. */
const pauseMs = 300;

/** What the broker has against a change, asked while it is written; `undefined` until it answers. Nothing is asked where there is none. */
export function useFaults(change: HouseChange | undefined): readonly HouseFault[] | undefined {
  const [told, setTold] = useState<{ readonly text: string; readonly faults: readonly HouseFault[] }>();
  const text = change === undefined ? undefined : JSON.stringify(change);
  useEffect(() => {
    if (text === undefined) return undefined;
    const end = new AbortController();
    const timer = setTimeout(() => {
      ask(consoleRoutes.houseCheck, { change: JSON.parse(text) as HouseChange }, end.signal)
        .then(({ faults }) => setTold({ text, faults }))
        .catch((problem: unknown) => {
          if (!end.signal.aborted) setTold({ text, faults: [{ where: "", words: asFailure(problem).code }] });
        });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [text]);
  return told?.text === text ? told?.faults : undefined;
}
