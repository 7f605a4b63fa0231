import type { SeatedSession } from "../ports/broker-connection.ts";
import type { FlowState, Phase } from "./flow-state.ts";
import { type EventOf, type Step, stay, withPhase } from "./step.ts";

export function launchWanted(state: FlowState, application: string): Step {
  const { phase } = state;
  const known = phase.name === "open" ? phase.session.applications.find(one => one.id === application) : undefined;
  if (phase.name !== "open" || known === undefined || known.unavailable !== undefined) return stay(state);
  const { seat } = phase.session;
  if (phase.launch?.state === "opening" && phase.launch.application === application) return stay(state);
  if (known.open) return { state, effects: [{ type: "show-application", seat, application }] };
  const launching: Phase = { ...phase, launch: { state: "opening", application } };
  return { state: withPhase(state, launching), effects: [{ type: "launch", seat, application }] };
}

export function applicationChanged(
  state: FlowState,
  event: EventOf<"application-launched" | "launch-failed" | "application-closed">,
): Step {
  const { phase } = state;
  if (phase.name !== "open" || phase.session.seat !== event.seat) return stay(state);
  switch (event.type) {
    case "application-launched":
      return stay(
        withPhase(state, { ...phase, launch: undefined, session: withOpen(phase.session, event.application.id, true) }),
      );
    case "launch-failed":
      return stay(
        withPhase(state, { ...phase, launch: { state: "failed", application: event.application, code: event.code } }),
      );
    case "application-closed": {
      const { seat, application } = event;
      const session = withOpen(phase.session, application, false);
      return {
        state: withPhase(state, { ...phase, session }),
        effects: [{ type: "record-application-closed", seat, application }],
      };
    }
    default:
      return event satisfies never;
  }
}

function withOpen(session: SeatedSession, id: string, open: boolean): SeatedSession {
  return {
    ...session,
    applications: session.applications.map(application =>
      application.id === id ? { ...application, open } : application,
    ),
  };
}
