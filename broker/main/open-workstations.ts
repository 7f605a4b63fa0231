import { Enrolments } from "../services/enrolments.ts";
import { PushHub } from "../services/push-hub.ts";
import { SessionEvents } from "../services/session-events.ts";
import type { Ground } from "./open-ground.ts";

export interface OpenWorkstations {
  readonly enrolments: Enrolments;
  readonly hub: PushHub;
  /** What happens to sessions and seats; a workstation is told of what happens to its own. */
  readonly events: SessionEvents;
}

/** The enrolled workstations, and their lines. */
export function openWorkstations({ store, clock }: Ground): OpenWorkstations {
  const enrolments = new Enrolments(store, clock);
  const hub = new PushHub(clock);
  const events = new SessionEvents();
  events.subscribe(event => {
    if (event.type === "break-glass-changed" && event.where !== undefined)
      hub.tell(event.where.workstation, { type: "session-changed", seat: event.where.id });
    if (event.type !== "seat-lost") return;
    const { seat, workstation, reason, at, movedTo } = event;
    const named = movedTo === undefined ? Promise.resolve(undefined) : enrolments.nameOf(movedTo);
    // It has to be told, whether or not it can be said where the session sits now.
    const name = named.catch(() => undefined);
    void name.then(workstationName => hub.tell(workstation, { type: "seat-lost", seat, reason, at, workstationName }));
  });
  return { enrolments, hub, events };
}
