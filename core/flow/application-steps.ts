import type { SeatedSession, SessionApplication } from "../ports/broker-connection.ts";
import { mostFavourites } from "../session/most-favourites.ts";
import { lookForActivities } from "./activity-steps.ts";
import type { FlowState, Phase } from "./flow-state.ts";
import { type EventOf, type Step, stay, withPhase } from "./step.ts";

export function launchWanted(state: FlowState, application: string): Step {
  const { phase } = state;
  const known = phase.name === "open" ? phase.session.applications.find(one => one.id === application) : undefined;
  if (phase.name !== "open" || known === undefined || known.unavailable !== undefined) return stay(state);
  if (phase.choice !== undefined) return stay(state);
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
      if (event.code === "activity-not-chosen" && phase.choice === undefined)
        return lookForActivities(state, { ...phase, launch: undefined });
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

/** Marks an application, or takes the mark away: shown at once, and told to the broker. */
export function favouriteWanted(state: FlowState, { application: id, favourite }: EventOf<"favourite-wanted">): Step {
  const { phase } = state;
  if (phase.name !== "open") return stay(state);
  const { applications, seat } = phase.session;
  const known = applications.find(application => application.id === id);
  const marked = applications.filter(application => application.favourite === true);
  if (known === undefined || (known.favourite === true) === favourite) return stay(state);
  if (favourite && marked.length >= mostFavourites) return stay(state);
  const session = withApplication(phase.session, id, application => ({ ...application, favourite }));
  return {
    state: withPhase(state, { ...phase, session }),
    effects: [{ type: "keep-favourite", seat, application: id, favourite }],
  };
}

function withOpen(session: SeatedSession, id: string, open: boolean): SeatedSession {
  return withApplication(session, id, application => ({ ...application, open, elsewhere: undefined }));
}

function withApplication(
  session: SeatedSession,
  id: string,
  change: (application: SessionApplication) => SessionApplication,
): SeatedSession {
  return {
    ...session,
    applications: session.applications.map(application => (application.id === id ? change(application) : application)),
  };
}
