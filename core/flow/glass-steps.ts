import type { SeatedSession } from "../ports/broker-connection.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { FlowState } from "./flow-state.ts";
import { type EventOf, type Step, stay, withPhase } from "./step.ts";

/** The broker ends a glass on time, and says so: it is asked a moment after that, whether or not its word has come. */
const graceMs = 2_000;

/** The holder of an open seat wants an application that opens in an emergency only: the broker has his PIN asked for. */
export function glassWanted(state: FlowState, { application, reason }: EventOf<"glass-wanted">): Step {
  const { phase } = state;
  if (phase.name !== "open" || phase.choice !== undefined) return stay(state);
  const known = phase.session.applications.find(({ id }) => id === application);
  if (known?.unavailable?.reason !== "break-glass") return stay(state);
  const { seat } = phase.session;
  return {
    state: withPhase(state, { ...phase, glass: { step: "asked", application } }),
    effects: [{ type: "raise-glass", seat, application, reason }],
  };
}

export function glassRefused(state: FlowState, { seat, application, code }: EventOf<"glass-refused">): Step {
  const { phase } = state;
  if (phase.name !== "open" || phase.session.seat !== seat) return stay(state);
  return stay(withPhase(state, { ...phase, glass: { step: "refused", application, code } }));
}

/** What was opened by it is closed when the broker says that it has ended. */
export function glassEndWanted(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "open" || phase.session.breakGlass === undefined) return stay(state);
  return { state, effects: [{ type: "end-glass", seat: phase.session.seat }] };
}

export function sessionChanged(state: FlowState, seat: string): Step {
  const { phase } = state;
  if (phase.name !== "open" || phase.session.seat !== seat) return stay(state);
  return { state, effects: [{ type: "renew-session", seat }] };
}

/** The session as it is now: what was open here and is not open at the broker any more is closed. */
export function sessionRenewed(state: FlowState, session: SeatedSession): Step {
  const { phase } = state;
  const { seat } = session;
  if (phase.name !== "open" || phase.session.seat !== seat) return stay(state);
  const stillOpen = new Set(session.applications.filter(({ open }) => open).map(({ id }) => id));
  const openHere = phase.session.applications.filter(({ open }) => open).map(({ id }) => id);
  const applications = session.applications.map(one => ({ ...one, open: one.open && openHere.includes(one.id) }));
  const closing = openHere
    .filter(id => !stillOpen.has(id))
    .map(application => ({ type: "close-application", seat, application }) as const);
  const wanted =
    phase.glass?.step === "asked" && session.breakGlass !== undefined ? phase.glass.application : undefined;
  const launch = wanted === undefined ? phase.launch : ({ state: "opening", application: wanted } as const);
  const glass = wanted === undefined ? phase.glass : undefined;
  return {
    state: withPhase(state, { ...phase, session: { ...session, applications }, launch, glass }),
    effects: [
      ...closing,
      ...glassWatch(session),
      ...(wanted === undefined ? [] : [{ type: "launch", seat, application: wanted } as const]),
    ],
  };
}

export function glassWatch({ seat, breakGlass }: SeatedSession): readonly FlowEffect[] {
  return breakGlass === undefined ? [] : [{ type: "watch-glass", seat, at: breakGlass.until + graceMs }];
}
