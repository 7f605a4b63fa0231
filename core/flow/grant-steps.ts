import type { SeatedSession } from "../ports/broker-connection.ts";
import { firstChoice } from "./activity-steps.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { CoveredSeat, FlowReceipt, FlowState, Phase } from "./flow-state.ts";
import { glassWatch } from "./glass-steps.ts";
import { openingLaunches } from "./opening-launches.ts";
import { leaveKeyPage } from "./second-factor-steps.ts";
import { coverOf, type EventOf, insertionIn, isCurrent, type Step, withPhase } from "./step.ts";

export function sessionGranted(state: FlowState, { attempt, session, at }: EventOf<"session-granted">): Step {
  if (
    !isCurrent(
      state,
      attempt,
      "opening",
      "awaiting-phone",
      "proving-password",
      "proving-code",
      "awaiting-key",
      "opening-break-glass",
    )
  )
    return grantedTooLate(state, session, at);
  const { seat } = state.phase;
  const insertion = insertionIn(state.phase);
  const choice = firstChoice(session);
  const opening = openingLaunches(session);
  const phase: Phase =
    choice === undefined
      ? { name: "open", insertion, session, launch: opening.launch }
      : { name: "open", insertion, session, launch: undefined, choice };
  const effects: FlowEffect[] = [
    ...leaveKeyPage(state.phase),
    ...wipeIfOther(seat, session),
    { type: "believe-seat", seat: session.seat },
    // What was open under an activity that has gone is not seen again.
    ...(choice === undefined ? [{ type: "uncover-screen", seat: session.seat } as const, ...opening.effects] : []),
  ];
  // The broker has just granted it: a clock that thinks it over is wrong, and is not asked.
  if (session.expiresAt > at) effects.push({ type: "watch-expiry", seat: session.seat, at: session.expiresAt });
  effects.push(...glassWatch(session));
  if (session.idleMs > 0) effects.push({ type: "watch-use", seat: session.seat, idleMs: session.idleMs });
  // That another holder's seat was lost may be told before the answer that made it so.
  const earlier = state.receipt?.kind === "person-changed" ? state.receipt : undefined;
  return { state: { ...state, phase, receipt: receiptOf(session, seat, at) ?? earlier }, effects };
}

function wipeIfOther(seat: CoveredSeat | undefined, session: SeatedSession): FlowEffect[] {
  return seat === undefined || seat.session.seat === session.seat
    ? []
    : [{ type: "wipe-seat", seat: seat.session.seat }];
}

function receiptOf(session: SeatedSession, seat: CoveredSeat | undefined, at: number): FlowReceipt | undefined {
  const applications = session.applications
    .filter(({ open, elsewhere, unavailable }) => (open || elsewhere !== undefined) && unavailable === undefined)
    .map(application => application.name);
  if (session.temporaryAccessIssued !== undefined)
    return { kind: "temporary-access-issued", ...session.temporaryAccessIssued, at };
  if (session.secondFactorsChanged !== undefined)
    return { kind: "second-factors-changed", changedAt: session.secondFactorsChanged.at, at };
  if (session.movedFrom !== undefined)
    return { kind: "resumed-here", from: session.movedFrom.workstationName, at, applications };
  if (seat !== undefined && seat.session.session !== session.session)
    return { kind: "person-changed", holder: seat.session.holder.displayName, at };
  return session.resumed ? { kind: "unlocked-here", at } : undefined;
}

/** The card had gone: the seat that the broker gave is covered at once, and waits here. */
function grantedTooLate(state: FlowState, session: SeatedSession, at: number): Step {
  const cover = coverOf(session.seat);
  // The same seat was opened again meanwhile, by a card that is here.
  if (state.phase.name === "open") return { state, effects: state.phase.session.seat === session.seat ? [] : [cover] };
  const seat: CoveredSeat = { session, since: at, graceUntil: undefined };
  const effects: FlowEffect[] = [
    ...wipeIfOther(state.phase.seat, session),
    { type: "believe-seat", seat: session.seat },
    cover,
  ];
  return { state: withPhase(state, { ...state.phase, seat }), effects };
}
