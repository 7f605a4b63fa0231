import type { FailureCode } from "../errors/catalogue.ts";
import type { OfferedChallenge, SeatedSession } from "../ports/broker-connection.ts";
import type { IdentifiedCard, Insertion } from "../ports/card-readers.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { FlowEvent } from "./flow-event.ts";
import type { CoveredSeat, FlowReceipt, FlowState, Phase, PhaseNamed } from "./flow-state.ts";

export interface Step {
  readonly state: FlowState;
  readonly effects: readonly FlowEffect[];
}

type EventOf<Type extends FlowEvent["type"]> = Extract<FlowEvent, { type: Type }>;

/**
 * The workstation's flow (design D3): pure, and total over every state and event. What does not fit changes nothing. The
 * card's leaving and the person's cancelling are handled once, for all phases.
 */
export function transition(state: FlowState, event: FlowEvent): Step {
  switch (event.type) {
    case "condition-changed":
      return stay({ ...state, condition: event.condition });
    case "card-inserted":
      return cardInserted(state, event.insertion);
    case "card-removed":
      return cardRemoved(state, event);
    case "broker-connected":
      return brokerConnected({ ...state, connected: true });
    case "broker-disconnected":
      return stay({ ...state, connected: false });
    case "card-identified":
      return cardIdentified(state, event);
    case "challenge-offered":
      return challengeOffered(state, event);
    case "challenge-aged":
      return challengeAged(state, event);
    case "presence-unavailable":
      return isCurrent(state, event.attempt, "presenting") ? askForPin(state, state.phase) : stay(state);
    case "tries-counted":
      return triesCounted(state, event);
    case "pin-submitted":
      return pinSubmitted(state);
    case "proof-signed":
      return proofSigned(state, event);
    case "session-granted":
      return sessionGranted(state, event);
    case "proof-unanswered":
      return proofUnanswered(state, event.attempt);
    case "retry-due":
      return retryDue(state, event.insertion);
    case "session-expired":
      return sessionExpired(state, event);
    case "call-failed":
      return callFailed(state, event);
    case "seat-cover-recorded":
      return coverRecorded(state, event);
    case "seat-lost":
      return seatLost(state, event);
    case "application-launched":
    case "launch-failed":
    case "application-closed":
      return applicationChanged(state, event);
    case "launch-wanted":
      return launchWanted(state, event.application);
    case "last-try-confirmed":
      return state.phase.name === "entering-pin"
        ? stay(withPhase(state, { ...state.phase, confirmed: true }))
        : stay(state);
    case "cancelled":
      return cancelled(state);
    case "woken":
      return state.phase.name === "finished" || state.phase.name === "refused"
        ? lookAt(state, state.phase.insertion, state.phase.seat)
        : stay(state);
    case "lock-wanted":
      return lockWanted(state, event.at);
    case "end-wanted":
      return endWanted(state, event.at);
    case "receipt-dismissed":
      return stay({ ...state, receipt: undefined });
    default:
      return event satisfies never;
  }
}

function stay(state: FlowState): Step {
  return { state, effects: [] };
}

function withPhase(state: FlowState, phase: Phase): FlowState {
  return { ...state, phase };
}

/** True where the phase waits for exactly this answer. */
function isCurrent<
  Name extends "identifying" | "challenging" | "presenting" | "counting-tries" | "entering-pin" | "signing" | "opening",
>(
  state: FlowState,
  attempt: number,
  ...names: readonly Name[]
): state is FlowState & { readonly phase: PhaseNamed<Name> } {
  const { phase } = state;
  return (names as readonly string[]).includes(phase.name) && "attempt" in phase && phase.attempt === attempt;
}

/** The covered seat that a phase carries along. */
export function seatWaitingIn(phase: Phase): CoveredSeat | undefined {
  return phase.name === "open" ? undefined : phase.seat;
}

/** The card that a phase is about. */
export function insertionIn(phase: Phase): Insertion | undefined {
  return phase.name === "idle" ? undefined : phase.insertion;
}

// The card comes and goes.

function cardInserted(state: FlowState, insertion: Insertion): Step {
  if (state.phase.name === "idle") return lookAt(state, insertion, state.phase.seat);
  if (insertionIn(state.phase) === insertion || state.others.includes(insertion)) return stay(state);
  // A card that is done with keeps nobody from another reader; it counts again when it is taken out and put back.
  if (state.phase.name === "finished" || state.phase.name === "refused")
    return lookAt(state, insertion, state.phase.seat);
  return stay({ ...state, others: [...state.others, insertion] });
}

function lookAt(state: FlowState, insertion: Insertion, seat: CoveredSeat | undefined): Step {
  const attempt = state.lastAttempt + 1;
  const phase: Phase = { name: "identifying", insertion, seat, attempt };
  return { state: { ...state, phase, lastAttempt: attempt }, effects: [{ type: "identify", attempt, insertion }] };
}

function cardRemoved(state: FlowState, { insertion, at }: EventOf<"card-removed">): Step {
  if (insertionIn(state.phase) !== insertion)
    return stay({ ...state, others: state.others.filter(other => other !== insertion) });
  const left = leave(state.phase, at);
  const [next, ...others] = state.others;
  // What was said of an open seat is over with it.
  const receipt = state.phase.name === "open" ? undefined : state.receipt;
  const idle: FlowState = { ...state, phase: { name: "idle", seat: left.seat }, others, receipt };
  if (next === undefined) return { state: idle, effects: left.effects };
  const looking = lookAt(idle, next, left.seat);
  return { state: looking.state, effects: [...left.effects, ...looking.effects] };
}

/** What a phase leaves behind when its card goes. */
function leave(
  phase: Phase,
  at: number,
): { readonly seat: CoveredSeat | undefined; readonly effects: readonly FlowEffect[] } {
  switch (phase.name) {
    case "open": {
      const { session } = phase;
      const effects: FlowEffect[] = [
        { type: "cover-screen" },
        { type: "cover-seat", seat: session.seat, reason: "card-removed" },
      ];
      return { seat: { session, since: at, graceUntil: undefined }, effects };
    }
    case "idle":
    case "finished":
    case "refused":
      return { seat: phase.seat, effects: [] };
    case "entering-pin":
      return { seat: phase.seat, effects: [refusalOf(phase, "sign-in-abandoned")] };
    case "opening":
      return { seat: phase.seat, effects: [refusalOf(phase, "answer-too-late")] };
    case "identifying":
    case "challenging":
    case "presenting":
    case "counting-tries":
    case "signing":
      return { seat: phase.seat, effects: [refusalOf(phase, "card-removed")] };
    default:
      return phase satisfies never;
  }
}

function refusalOf(phase: Phase, code: FailureCode, triesLeft?: number): FlowEffect {
  return { type: "report-refusal", code, triesLeft, certificate: "card" in phase ? phase.card.certificate : undefined };
}

// Towards a proof.

function cardIdentified(state: FlowState, { attempt, card }: EventOf<"card-identified">): Step {
  if (!isCurrent(state, attempt, "identifying")) return stay(state);
  const { insertion, seat } = state.phase;
  const next = state.lastAttempt + 1;
  const phase: Phase = { name: "challenging", insertion, seat, attempt: next, card, presenceAllowed: true };
  const { certificate } = card;
  return {
    state: { ...state, phase, lastAttempt: next },
    effects: [{ type: "ask-challenge", attempt: next, certificate, presenceAllowed: true }],
  };
}

function challengeOffered(state: FlowState, { attempt, offered, at }: EventOf<"challenge-offered">): Step {
  // A fresh challenge in place of one that grew old: the person goes on typing.
  if (isCurrent(state, attempt, "entering-pin")) {
    return {
      state: withPhase(state, { ...state.phase, offered }),
      effects: [{ type: "watch-challenge-age", attempt }],
    };
  }
  if (!isCurrent(state, attempt, "challenging")) return stay(state);
  const { insertion, seat, card } = state.phase;
  if (isGraceOver(seat, offered, at)) return askForPin(state, state.phase);
  const next = state.lastAttempt + 1;
  const challenged = { insertion, seat, card, offered, attempt: next };
  if (offered.challenge.key === "presence") {
    const phase: Phase = { name: "presenting", ...challenged };
    return {
      state: { ...state, phase, lastAttempt: next },
      effects: [{ type: "prove-presence", attempt: next, insertion, offered }],
    };
  }
  const phase: Phase = { name: "counting-tries", problem: undefined, ...challenged };
  return {
    state: { ...state, phase, lastAttempt: next },
    effects: [{ type: "count-tries", attempt: next, insertion }],
  };
}

/**
 * A broker that was away heard of the cover late, and counts the grace window from then; the workstation knows better since
 * when its own seat has been covered.
 */
function isGraceOver(seat: CoveredSeat | undefined, { challenge }: OfferedChallenge, at: number): boolean {
  if (seat === undefined || challenge.key !== "presence" || challenge.purpose !== "unlock") return false;
  return at - seat.since > seat.session.graceMs;
}

/** The card's presence is not enough, or cannot be shown: ask the broker for a challenge that wants the PIN. */
function askForPin(state: FlowState, { insertion, seat, card }: PhaseNamed<"presenting" | "challenging">): Step {
  const attempt = state.lastAttempt + 1;
  const phase: Phase = { name: "challenging", insertion, seat, card, attempt, presenceAllowed: false };
  const { certificate } = card;
  return {
    state: { ...state, phase, lastAttempt: attempt },
    effects: [{ type: "ask-challenge", attempt, certificate, presenceAllowed: false }],
  };
}

function triesCounted(state: FlowState, { attempt, pin }: EventOf<"tries-counted">): Step {
  if (!isCurrent(state, attempt, "counting-tries")) return stay(state);
  const { insertion, seat, card, offered, problem } = state.phase;
  const next = state.lastAttempt + 1;
  const phase: Phase = {
    name: "entering-pin",
    insertion,
    seat,
    card,
    offered,
    pin,
    problem,
    confirmed: pin.triesLeft > 1,
    attempt: next,
  };
  // After a wrong PIN the challenge has an age already.
  const effect: FlowEffect =
    problem === undefined ? { type: "watch-challenge-age", attempt: next } : freshChallenge(next, card);
  return { state: { ...state, phase, lastAttempt: next }, effects: [effect] };
}

function challengeAged(state: FlowState, { attempt }: EventOf<"challenge-aged">): Step {
  if (!isCurrent(state, attempt, "entering-pin")) return stay(state);
  return { state, effects: [freshChallenge(attempt, state.phase.card)] };
}

/** Asked for while the person types. */
function freshChallenge(attempt: number, { certificate }: IdentifiedCard): FlowEffect {
  return { type: "ask-challenge", attempt, certificate, presenceAllowed: false };
}

function pinSubmitted(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "entering-pin" || !phase.confirmed) return stay(state);
  const { insertion, seat, card, offered, pin } = phase;
  const attempt = state.lastAttempt + 1;
  const signing: Phase = { name: "signing", insertion, seat, card, offered, pin, attempt };
  return {
    state: { ...state, phase: signing, lastAttempt: attempt },
    effects: [{ type: "sign-with-pin", attempt, insertion, card, offered }],
  };
}

function proofSigned(state: FlowState, { attempt, proof }: EventOf<"proof-signed">): Step {
  if (!isCurrent(state, attempt, "signing", "presenting")) return stay(state);
  const { insertion, seat, card, offered } = state.phase;
  const next = state.lastAttempt + 1;
  const phase: Phase = { name: "opening", insertion, seat, card, offered, attempt: next };
  return {
    state: { ...state, phase, lastAttempt: next },
    effects: [{ type: "send-proof", attempt: next, nonce: nonceOf(offered), proof }],
  };
}

function nonceOf(offered: OfferedChallenge): string {
  return offered.challenge.nonce;
}

// The broker has spoken.

function sessionGranted(state: FlowState, { attempt, session, at }: EventOf<"session-granted">): Step {
  if (!isCurrent(state, attempt, "opening")) return grantedTooLate(state, session, at);
  const { insertion, seat } = state.phase;
  const phase: Phase = { name: "open", insertion, session, launch: undefined };
  const open = session.applications.filter(application => application.open);
  const effects: FlowEffect[] = [
    ...wipeIfOther(seat, session),
    { type: "believe-seat", seat: session.seat },
    { type: "uncover-screen", seat: session.seat },
    ...open.map(({ id }): FlowEffect => ({ type: "launch", seat: session.seat, application: id })),
  ];
  // The broker has just granted it: a clock that thinks it over is wrong, and is not asked.
  if (session.expiresAt > at) effects.push({ type: "watch-expiry", seat: session.seat, at: session.expiresAt });
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
    .filter(application => application.open)
    .map(application => application.name);
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

function callFailed(state: FlowState, event: EventOf<"call-failed">): Step {
  const { attempt, code, triesLeft, spokenBy } = event;
  if (
    !isCurrent(
      state,
      attempt,
      "identifying",
      "challenging",
      "presenting",
      "counting-tries",
      "entering-pin",
      "signing",
      "opening",
    )
  )
    return stay(state);
  const { phase } = state;
  if (phase.name === "signing" && code === "pin-wrong" && triesLeft !== 0) return pinWrong(state, phase, triesLeft);
  if (phase.name === "signing" && code === "pin-malformed") return typeAgain(state, phase);
  if (phase.name === "presenting" && spokenBy === "workstation" && code !== "card-removed")
    return askForPin(state, phase);
  const refused: Phase = { name: "refused", insertion: phase.insertion, seat: phase.seat, code, triesLeft };
  // What the broker refused, the broker has recorded; that it was away is no refusal of a person.
  const known = spokenBy === "broker" || code === "broker-unreachable";
  const effects: FlowEffect[] = known ? [] : [refusalOf(phase, code, triesLeft)];
  if (passesByItself(code)) effects.push({ type: "retry-later", insertion: phase.insertion });
  return { state: withPhase(state, refused), effects };
}

/** Trouble of the broker, of which a card is not guilty. */
function passesByItself(code: FailureCode): boolean {
  return code === "broker-unreachable" || code === "trail-unavailable";
}

/**
 * The broker may have opened the seat that waits here: it is told to cover it, which changes nothing where it did not. A seat
 * that nobody here knows of is covered by the broker when the workstation next says which seat it believes in.
 */
function proofUnanswered(state: FlowState, attempt: number): Step {
  const waiting = seatWaitingIn(state.phase);
  const effects: FlowEffect[] = waiting === undefined ? [] : [coverOf(waiting.session.seat)];
  if (!isCurrent(state, attempt, "opening")) return { state, effects };
  const { insertion, seat } = state.phase;
  effects.push({ type: "retry-later", insertion });
  const code = "broker-unreachable";
  return { state: withPhase(state, { name: "refused", insertion, seat, code, triesLeft: undefined }), effects };
}

function coverOf(seat: string): FlowEffect {
  return { type: "cover-seat", seat, reason: "card-removed" };
}

/**
 * At every hello the broker covers a seat here that the workstation does not know of: also one that a proof under way has just
 * opened. Its answer counts as late, and the card is looked at again.
 */
function brokerConnected(state: FlowState): Step {
  const { phase } = state;
  return phase.name === "opening" ? lookAt(state, phase.insertion, phase.seat) : tryAgain(state);
}

/** The line held, and a call failed all the same: the card is looked at again. */
function retryDue(state: FlowState, insertion: Insertion): Step {
  return state.connected && insertionIn(state.phase) === insertion ? tryAgain(state) : stay(state);
}

/** A card that was refused only for the broker's trouble is read again; no PIN is ever sent again. */
function tryAgain(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "refused" || !passesByItself(phase.code)) return stay(state);
  return lookAt(state, phase.insertion, phase.seat);
}

/** Says so, and asks the card how many tries are left before the person is asked again. Nothing is sent again by itself. */
function pinWrong(state: FlowState, phase: PhaseNamed<"signing">, triesLeft: number | undefined): Step {
  const { insertion, seat, card, offered } = phase;
  const attempt = state.lastAttempt + 1;
  const counting: Phase = { name: "counting-tries", insertion, seat, card, offered, problem: "pin-wrong", attempt };
  const effects: FlowEffect[] = [refusalOf(phase, "pin-wrong", triesLeft), { type: "count-tries", attempt, insertion }];
  return { state: { ...state, phase: counting, lastAttempt: attempt }, effects };
}

/** The card was not asked: the tries are as they were. */
function typeAgain(state: FlowState, phase: PhaseNamed<"signing">): Step {
  const { insertion, seat, card, offered, pin } = phase;
  const attempt = state.lastAttempt + 1;
  const entering: Phase = {
    name: "entering-pin",
    insertion,
    seat,
    card,
    offered,
    pin,
    problem: "pin-malformed",
    confirmed: pin.triesLeft > 1,
    attempt,
  };
  return { state: { ...state, phase: entering, lastAttempt: attempt }, effects: [freshChallenge(attempt, card)] };
}

// The seat.

function coverRecorded(state: FlowState, { seat, graceUntil, at }: EventOf<"seat-cover-recorded">): Step {
  const { phase } = state;
  if (phase.name === "open") {
    if (phase.session.seat !== seat) return stay(state);
    // Said before the seat was opened again, and perhaps heard by the broker after: it is covered in both places until the
    // card has shown itself again.
    const looking = lookAt(state, phase.insertion, { session: phase.session, since: at, graceUntil });
    return { state: looking.state, effects: [{ type: "cover-screen" }, coverOf(seat), ...looking.effects] };
  }
  if (phase.seat?.session.seat !== seat) return stay(state);
  const seatWaiting = { ...phase.seat, graceUntil };
  // Whether the broker heard it before or after the proof under way is not known: the proof's answer counts as late.
  if (phase.name === "opening") return lookAt(state, phase.insertion, seatWaiting);
  return stay(withPhase(state, { ...phase, seat: seatWaiting }));
}

function seatLost(state: FlowState, event: EventOf<"seat-lost">): Step {
  const { phase } = state;
  const gone: FlowEffect[] = [
    { type: "cover-screen" },
    { type: "wipe-seat", seat: event.seat },
    { type: "believe-seat", seat: undefined },
  ];
  if (phase.name === "open") {
    if (phase.session.seat !== event.seat) return stay(state);
    const finished: Phase = { name: "finished", insertion: phase.insertion, seat: undefined };
    return { state: { ...state, phase: finished, receipt: receiptOfLoss(phase.session, event) }, effects: gone };
  }
  const waiting = phase.seat;
  if (waiting?.session.seat !== event.seat) return stay(state);
  return {
    state: { ...state, phase: { ...phase, seat: undefined }, receipt: receiptOfLoss(waiting.session, event) },
    effects: gone,
  };
}

function receiptOfLoss(session: SeatedSession, { reason, at, workstationName }: EventOf<"seat-lost">): FlowReceipt {
  const holder = session.holder.displayName;
  switch (reason) {
    case "moved":
      return { kind: "moved-away", holder, to: workstationName ?? "", at };
    case "other-holder":
      return { kind: "person-changed", holder, at };
    case "ended":
    case "expired":
      return { kind: "ended", holder, at, reason };
    default:
      return reason satisfies never;
  }
}

// The person.

function cancelled(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "entering-pin") return stay(state);
  return {
    state: withPhase(state, { name: "finished", insertion: phase.insertion, seat: phase.seat }),
    effects: [refusalOf(phase, "sign-in-abandoned")],
  };
}

function lockWanted(state: FlowState, at: number): Step {
  const { phase } = state;
  if (phase.name !== "open") return stay(state);
  const seat: CoveredSeat = { session: phase.session, since: at, graceUntil: undefined };
  const effects: FlowEffect[] = [
    { type: "cover-screen" },
    { type: "cover-seat", seat: phase.session.seat, reason: "locked-by-holder" },
  ];
  const finished: Phase = { name: "finished", insertion: phase.insertion, seat };
  return { state: { ...state, phase: finished, receipt: undefined }, effects };
}

function endWanted(state: FlowState, at: number): Step {
  return state.phase.name === "open" ? endSession(state, state.phase.session, at, "ended") : stay(state);
}

/** By the workstation's own clock: the broker may be away. */
function sessionExpired(state: FlowState, { seat, at }: EventOf<"session-expired">): Step {
  const { phase } = state;
  const session = phase.name === "open" ? phase.session : phase.seat?.session;
  if (session?.seat !== seat || at < session.expiresAt) return stay(state);
  return endSession(state, session, at, "expired");
}

function endSession(state: FlowState, { seat, holder }: SeatedSession, at: number, reason: "ended" | "expired"): Step {
  const { phase } = state;
  const effects: FlowEffect[] = [
    { type: "cover-screen" },
    { type: "end-session", seat },
    { type: "wipe-seat", seat },
    { type: "believe-seat", seat: undefined },
  ];
  const receipt: FlowReceipt = { kind: "ended", holder: holder.displayName, at, reason };
  const left: Phase =
    phase.name === "open"
      ? { name: "finished", insertion: phase.insertion, seat: undefined }
      : { ...phase, seat: undefined };
  return { state: { ...state, phase: left, receipt }, effects };
}

function launchWanted(state: FlowState, application: string): Step {
  const { phase } = state;
  const known = phase.name === "open" ? phase.session.applications.find(one => one.id === application) : undefined;
  if (phase.name !== "open" || known === undefined) return stay(state);
  const { seat } = phase.session;
  if (phase.launch?.state === "opening" && phase.launch.application === application) return stay(state);
  if (known.open) return { state, effects: [{ type: "show-application", seat, application }] };
  const launching: Phase = { ...phase, launch: { state: "opening", application } };
  return { state: withPhase(state, launching), effects: [{ type: "launch", seat, application }] };
}

function applicationChanged(
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
