import type { SeatedSession } from "../ports/broker-connection.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { LaunchState } from "./flow-state.ts";

/** What opens by itself with a session: what was open in it, here or elsewhere, and what this place is for. */
export function openingLaunches({ seat, applications }: SeatedSession): {
  readonly launch: LaunchState | undefined;
  readonly effects: readonly FlowEffect[];
} {
  const launched = applications.filter(
    ({ open, elsewhere, starts, unavailable }) =>
      (open || elsewhere !== undefined || starts === true) && unavailable === undefined,
  );
  const starting = launched.find(({ open, elsewhere }) => !open && elsewhere === undefined);
  return {
    launch: starting === undefined ? undefined : { state: "opening", application: starting.id },
    effects: launched.map(({ id }): FlowEffect => ({ type: "launch", seat, application: id })),
  };
}
