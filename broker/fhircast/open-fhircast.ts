import type { Clock } from "../../core/ports/clock.ts";
import { nodeTimers } from "../services/node-timers.ts";
import type { SessionEvents } from "../services/session-events.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { FhircastHub, type HubFact } from "./hub.ts";
import type { HubCallerParts } from "./hub-caller.ts";
import { type HubDoor, type HubDoorParts, hubPath, openHubDoor } from "./hub-door.ts";
import { addLaunchParameters } from "./launch-parameters.ts";

interface FhircastParts extends HubCallerParts, Omit<HubDoorParts, "hub"> {
  readonly store: Store;
  readonly clock: Clock;
  readonly events: SessionEvents;
}

const acts = { subscribed: "context-subscribed", unanswered: "context-unanswered" } as const;

/** The hub at work: told by the seats, recorded in the trail, named in the provider's token answers. */
export function openFhircast(parts: FhircastParts): HubDoor {
  const { provider, store, clock, events, origin, log } = parts;
  const record = ({ fact, about, application, detail }: HubFact) => {
    const written = store.write(tx =>
      appendTrail(tx, { ...about, at: clock.now(), act: acts[fact], application, detail }),
    );
    written.catch(problem => log.warn("fhircast-record-failed", { detail: String(problem) }));
  };
  const hub = new FhircastHub({ clock, timers: nodeTimers, record });
  const openSession = (grant: string) => provider.openSessionOf(grant);
  provider.addToTokens(ctx => addLaunchParameters(ctx, hub, origin + hubPath, openSession));
  const stop = events.subscribe(event => {
    if (event.type === "seat-covered") hub.seatCovered(event.seat);
    // Under another activity the seat is another one to its applications.
    else if (event.type === "activity-changed") hub.seatLost(event.seat, "ended");
    else if (event.type === "seat-lost") hub.seatLost(event.seat, event.reason);
  });
  const door = openHubDoor({ ...parts, hub });
  return {
    ...door,
    close() {
      stop();
      door.close();
    },
  };
}
