import type { OfferedChallenge } from "../ports/broker-connection.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { CoveredSeat, FlowState, Phase, PhaseNamed } from "./flow-state.ts";
import { askForPin, type EventOf, freshChallenge, isCurrent, refusalOf, type Step, stay, withPhase } from "./step.ts";

export function cardIdentified(state: FlowState, { attempt, card }: EventOf<"card-identified">): Step {
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

export function challengeOffered(state: FlowState, { attempt, offered, at }: EventOf<"challenge-offered">): Step {
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
 * A broker that has not heard of the cover yet counts no grace window at all; the workstation knows since when its own seat
 * has been covered.
 */
function isGraceOver(seat: CoveredSeat | undefined, { challenge }: OfferedChallenge, at: number): boolean {
  if (seat === undefined || challenge.key !== "presence" || challenge.purpose !== "unlock") return false;
  return at - seat.since > seat.session.graceMs;
}

export function triesCounted(state: FlowState, { attempt, pin }: EventOf<"tries-counted">): Step {
  if (!isCurrent(state, attempt, "counting-tries")) return stay(state);
  const { insertion, seat, card, offered, problem } = state.phase;
  if (pin.triesLeft === 0) {
    const refused: Phase = { name: "refused", insertion, seat, code: "pin-blocked", triesLeft: 0, blocked: pin };
    return { state: withPhase(state, refused), effects: [refusalOf(state.phase, "pin-blocked", 0)] };
  }
  const next = state.lastAttempt + 1;
  const phase: PhaseNamed<"entering-pin"> = {
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
  // On the reader the person can type at once; after a wrong PIN, and before the last try, he says when.
  const entering = { ...state, phase, lastAttempt: next };
  if (pin.onReader && problem === undefined && phase.confirmed) return pinSubmitted(entering);
  // After a wrong PIN the challenge has an age already.
  const effect: FlowEffect =
    problem === undefined ? { type: "watch-challenge-age", attempt: next } : freshChallenge(next, card);
  return { state: entering, effects: [effect] };
}

export function challengeAged(state: FlowState, { attempt }: EventOf<"challenge-aged">): Step {
  if (!isCurrent(state, attempt, "entering-pin")) return stay(state);
  return { state, effects: [freshChallenge(attempt, state.phase.card)] };
}

export function pinSubmitted(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "entering-pin" || !phase.confirmed) return stay(state);
  const { insertion, seat, card, offered, pin } = phase;
  const attempt = state.lastAttempt + 1;
  const signing: Phase = { name: "signing", insertion, seat, card, offered, pin, attempt };
  return {
    state: { ...state, phase: signing, lastAttempt: attempt },
    effects: [{ type: "sign-with-pin", attempt, insertion, card, offered, onReader: pin.onReader }],
  };
}

export function proofSigned(state: FlowState, { attempt, proof }: EventOf<"proof-signed">): Step {
  if (!isCurrent(state, attempt, "signing", "presenting")) return stay(state);
  const { insertion, seat, card, offered } = state.phase;
  const next = state.lastAttempt + 1;
  const phase: Phase = { name: "opening", insertion, seat, card, offered, attempt: next };
  return {
    state: { ...state, phase, lastAttempt: next },
    effects: [{ type: "send-proof", attempt: next, nonce: offered.challenge.nonce, proof }],
  };
}
