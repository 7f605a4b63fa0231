import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import { type CoveredSeat, type FlowState, initialFlow, type Phase } from "../../../../core/flow/flow-state.ts";
import type { StepUp } from "../../../../core/flow/step-up.ts";
import { transition } from "../../../../core/flow/transition.ts";
import type { OfferedChallenge, OwedSecondFactor, SeatedSession } from "../../../../core/ports/broker-connection.ts";

const attempt = 7;
const insertion = "i1";

const session: SeatedSession = {
  session: "s1",
  seat: "t1",
  holder: { id: "h1", displayName: "H", profession: "P" },
  means: "card-pin",
  openedAt: 0,
  expiresAt: 1,
  graceMs: 1,
  idleMs: 1,
  applications: [
    { id: "a", name: "A", icon: "x", open: false },
    { id: "b", name: "B", icon: "x", open: true },
  ],
  activities: [],
  resumed: false,
};
const activities = [
  { id: "hospital", label: "Hospital" },
  { id: "surgery", label: "Surgery" },
];
const chosen: SeatedSession = { ...session, activities, activity: "hospital" };
const reason = { kind: "vital", words: "cardiac arrest" };
const closedButForEmergency = {
  id: "c",
  name: "C",
  icon: "x",
  open: false,
  unavailable: { reason: "break-glass" },
} as const;
const beforeEmergency: SeatedSession = { ...session, applications: [...session.applications, closedButForEmergency] };
const inEmergency: SeatedSession = {
  ...session,
  applications: [...session.applications, { id: "c", name: "C", icon: "x", open: true }],
  breakGlass: { ...reason, until: 1, identity: "proved" },
};
const unchosen: SeatedSession = { ...session, activities, applications: [] };
const seat: CoveredSeat = { session, since: 0, graceUntil: undefined };
const card = { cardId: "c", family: "piv", certificate: new Uint8Array(1), algorithm: "ES256" } as const;
const pin = { triesLeft: 3, minimumLength: 6, maximumLength: 8, canUnblock: true, onReader: false };
const offered = (
  key: "authentication" | "presence",
  purpose: "sign-in" | "unlock" | "step-up" = "sign-in",
): OfferedChallenge => ({
  challenge: { nonce: "n", origin: "o", brokerKey: "k", workstation: "w", purpose, key },
  holder: { displayName: "H", profession: "P" },
});
const challenged = { insertion, seat, attempt, card, offered: offered("authentication") };

const owed: OwedSecondFactor = {
  request: "r1",
  holder: { displayName: "H", profession: "P" },
  factors: ["totp", "security-key"],
};

/** Each phase in the forms that matter. */
export const phases: Readonly<Record<string, Phase>> = {
  "idle, nobody's seat": { name: "idle", seat: undefined },
  "idle, a covered seat": { name: "idle", seat },
  identifying: { name: "identifying", insertion, seat, attempt },
  challenging: { name: "challenging", insertion, seat, attempt, card, presenceAllowed: true },
  presenting: { name: "presenting", ...challenged, offered: offered("presence") },
  "counting-tries": { name: "counting-tries", problem: undefined, ...challenged },
  "counting-tries, after a wrong PIN": { name: "counting-tries", problem: "pin-wrong", ...challenged },
  "entering-pin": { name: "entering-pin", pin, problem: undefined, confirmed: true, ...challenged },
  "entering-pin, last try not confirmed": {
    name: "entering-pin",
    pin: { ...pin, triesLeft: 1 },
    problem: undefined,
    confirmed: false,
    ...challenged,
  },
  "entering-identifier": { name: "entering-identifier", seat, attempt, problem: undefined },
  "asking-phone": { name: "asking-phone", seat, attempt },
  "awaiting-phone": { name: "awaiting-phone", seat, attempt, bindingMessage: "47" },
  "entering-password": { name: "entering-password", seat, attempt, who: "", problem: undefined },
  "proving-password": { name: "proving-password", seat, attempt, who: "x" },
  "asking-second-factor": { name: "asking-second-factor", insertion, seat, attempt },
  "second-factor": { name: "second-factor", insertion, seat, attempt, owed, problem: undefined },
  "second-factor, without a card": {
    name: "second-factor",
    insertion: undefined,
    seat,
    attempt,
    owed: { ...owed, factors: ["totp"] },
    problem: undefined,
  },
  "proving-code": { name: "proving-code", insertion, seat, attempt, owed },
  "proving-code, without a card": { name: "proving-code", insertion: undefined, seat, attempt, owed },
  "awaiting-key": { name: "awaiting-key", insertion, seat, attempt, owed },
  "awaiting-key, without a card": { name: "awaiting-key", insertion: undefined, seat, attempt, owed },
  "turned-away": { name: "turned-away", seat, code: "second-factor-over" },
  "entering-break-glass": {
    name: "entering-break-glass",
    seat,
    attempt,
    who: "",
    words: "",
    problem: undefined,
  },
  "opening-break-glass": { name: "opening-break-glass", seat, attempt, who: "x", words: "y" },
  "open, without a card": { name: "open", insertion: undefined, session, launch: undefined },
  signing: { name: "signing", pin, ...challenged },
  opening: { name: "opening", ...challenged },
  open: { name: "open", insertion, session, launch: undefined },
  "open, an application being opened": {
    name: "open",
    insertion,
    session,
    launch: { state: "opening", application: "a" },
  },
  "open, nobody seems to be there": { name: "open", insertion, session, launch: undefined, coversAt: 1 },
  "open, under one of two activities": { name: "open", insertion, session: chosen, launch: undefined },
  "open, a glass broken": { name: "open", insertion, session: inEmergency, launch: undefined },
  "open, a glass to be broken": {
    name: "open",
    insertion,
    session: beforeEmergency,
    launch: undefined,
    glass: { step: "asked", application: "c" },
  },
  "open, an activity being chosen": {
    name: "open",
    insertion,
    session: chosen,
    launch: undefined,
    choice: { step: "asking", required: false, problem: undefined },
  },
  "open, no activity chosen yet": {
    name: "open",
    insertion,
    session: unchosen,
    launch: undefined,
    choice: { step: "asking", required: true, problem: undefined },
  },
  "open, the broker being told of an activity": {
    name: "open",
    insertion,
    session: chosen,
    launch: undefined,
    choice: { step: "telling", required: false, activity: "surgery", attempt },
  },
  "open, the broker being asked for activities": {
    name: "open",
    insertion,
    session: chosen,
    launch: undefined,
    choice: { step: "looking", required: true, attempt },
  },
  "finished, a covered seat": { name: "finished", insertion, seat },
  refused: { name: "refused", insertion, seat, code: "certificate-revoked", triesLeft: undefined },
  "refused, PIN blocked": {
    name: "refused",
    insertion,
    seat,
    code: "pin-blocked",
    triesLeft: 0,
    blocked: { ...pin, triesLeft: 0 },
  },
  "refused, broker away": { name: "refused", insertion, seat, code: "broker-unreachable", triesLeft: undefined },
};

const asked = { id: "u1", seat: "t1", application: "A" };
const known = { ...asked, insertion, attempt, card };
const raising = { ...known, offered: offered("authentication", "step-up") };

/** Each step of a step-up in the forms that matter; all of them in an open seat. */
export const stepUps: Readonly<Record<string, StepUp>> = {
  "waiting, while a new PIN is typed": { step: "waiting", ...asked },
  identifying: { step: "identifying", ...asked, insertion, attempt },
  challenging: { step: "challenging", ...known },
  counting: { step: "counting", problem: undefined, ...raising },
  "counting, after a wrong PIN": { step: "counting", problem: "pin-wrong", ...raising },
  typing: { step: "typing", pin, problem: undefined, confirmed: true, ...raising },
  "typing, last try not confirmed": {
    step: "typing",
    pin: { ...pin, triesLeft: 1 },
    problem: undefined,
    confirmed: false,
    ...raising,
  },
  signing: { step: "signing", pin, ...raising },
  sending: { step: "sending", ...raising },
  failed: { step: "failed", code: "pin-blocked", triesLeft: 0, ...asked, insertion, attempt },
};

const failed = (
  code: Extract<FlowEvent, { type: "call-failed" }>["code"],
  spokenBy: "workstation" | "broker",
  triesLeft?: number,
): FlowEvent => ({
  type: "call-failed",
  attempt,
  code,
  triesLeft,
  spokenBy,
});

/** Each event in the forms that matter. Answers belong to the present attempt but for the last ones. */
export const events: Readonly<Record<string, FlowEvent>> = {
  "condition-changed": { type: "condition-changed", condition: { kind: "no-reader" } },
  "card-inserted (another)": { type: "card-inserted", insertion: "i2", at: 0 },
  "card-removed (this one)": { type: "card-removed", insertion, at: 0 },
  "card-removed (another)": { type: "card-removed", insertion: "i9", at: 0 },
  "broker-connected": { type: "broker-connected" },
  "broker-disconnected": { type: "broker-disconnected" },
  "card-identified": { type: "card-identified", attempt, card },
  "challenge-offered (PIN)": { type: "challenge-offered", attempt, offered: offered("authentication"), at: 0 },
  "challenge-offered (presence)": { type: "challenge-offered", attempt, offered: offered("presence"), at: 0 },
  "challenge-offered (presence, grace over here)": {
    type: "challenge-offered",
    attempt,
    offered: offered("presence", "unlock"),
    at: 2,
  },
  "challenge-aged": { type: "challenge-aged", attempt },
  "presence-unavailable": { type: "presence-unavailable", attempt },
  "tries-counted": { type: "tries-counted", attempt, pin },
  "tries-counted (none left)": { type: "tries-counted", attempt, pin: { ...pin, triesLeft: 0 } },
  "tries-counted (to be typed on the reader)": { type: "tries-counted", attempt, pin: { ...pin, onReader: true } },
  "break-glass-wanted": { type: "break-glass-wanted" },
  "break-glass-submitted": { type: "break-glass-submitted", who: "x", reason },
  "glass-wanted": { type: "glass-wanted", application: "c", reason },
  "glass-wanted (of what is open to him)": { type: "glass-wanted", application: "a", reason },
  "glass-refused": { type: "glass-refused", seat: "t1", application: "c", code: "break-glass-refused" },
  "glass-end-wanted": { type: "glass-end-wanted" },
  "session-changed": { type: "session-changed", seat: "t1" },
  "session-changed (another seat's)": { type: "session-changed", seat: "t9" },
  "session-renewed (a glass broken)": { type: "session-renewed", session: inEmergency },
  "session-renewed (no glass)": { type: "session-renewed", session },
  "phone-wanted": { type: "phone-wanted" },
  "identifier-submitted": { type: "identifier-submitted", identifier: "x" },
  "phone-asked": { type: "phone-asked", attempt, request: "r", bindingMessage: "47" },
  "an older phone-asked": { type: "phone-asked", attempt: 1, request: "r", bindingMessage: "47" },
  "password-wanted": { type: "password-wanted" },
  "password-submitted": { type: "password-submitted", who: "x" },
  "second-factor-told": { type: "second-factor-told", attempt, owed },
  "an older second-factor-told": { type: "second-factor-told", attempt: 1, owed },
  "code-submitted": { type: "code-submitted" },
  "key-wanted": { type: "key-wanted" },
  "call-failed (second-factor-owed)": failed("second-factor-owed", "broker"),
  "call-failed (second-factor-wrong)": failed("second-factor-wrong", "broker"),
  "call-failed (second-factor-declined)": failed("second-factor-declined", "broker"),
  "call-failed (second-factor-over)": failed("second-factor-over", "broker"),
  "application-closed (the page for the key)": {
    type: "application-closed",
    seat: "r1",
    application: "security-key",
  },
  "pin-submitted": { type: "pin-submitted" },
  "pin-care-wanted": { type: "pin-care-wanted" },
  "new-pin-submitted": { type: "new-pin-submitted" },
  "pin-renewed": { type: "pin-renewed", attempt, kind: "change", at: 0 },
  "step-up-wanted (this seat)": { type: "step-up-wanted", stepUp: "u2", seat: "t1", application: "B" },
  "step-up-wanted (another seat)": { type: "step-up-wanted", stepUp: "u2", seat: "t9", application: "B" },
  "step-up-over": { type: "step-up-over", stepUp: "u1" },
  "step-up-granted": { type: "step-up-granted", attempt, session },
  "last-try-confirmed": { type: "last-try-confirmed" },
  "proof-signed": { type: "proof-signed", attempt, proof: "p" },
  "session-granted": { type: "session-granted", attempt, session, at: 0 },
  "session-granted (no activity chosen yet)": { type: "session-granted", attempt, session: unchosen, at: 0 },
  "session-described (as before)": { type: "session-described", attempt, session: chosen },
  "session-described (another activity)": {
    type: "session-described",
    attempt,
    session: { ...chosen, activity: "surgery" },
  },
  "session-described (none chosen)": { type: "session-described", attempt, session: unchosen },
  "call-failed (activity-not-registered)": failed("activity-not-registered", "broker"),
  "call-failed (pin-wrong, tries left)": failed("pin-wrong", "workstation", 2),
  "call-failed (pin-blocked)": failed("pin-blocked", "workstation", 0),
  "call-failed (pin-malformed)": failed("pin-malformed", "workstation"),
  "call-failed (card-mute)": failed("card-mute", "workstation"),
  "call-failed (refused by the broker)": failed("certificate-revoked", "broker"),
  "call-failed (broker-unreachable)": failed("broker-unreachable", "broker"),
  "call-failed (trail-unavailable)": failed("trail-unavailable", "broker"),
  "proof-unanswered": { type: "proof-unanswered", attempt },
  "retry-due": { type: "retry-due", insertion },
  "session-expired": { type: "session-expired", seat: "t1", at: 1 },
  "session-expired (another seat)": { type: "session-expired", seat: "t9", at: 1 },
  "seat-cover-recorded": { type: "seat-cover-recorded", seat: "t1", graceUntil: 5, at: 0 },
  "seat-lost (moved)": { type: "seat-lost", seat: "t1", reason: "moved", at: 0, workstationName: "W" },
  "seat-lost (a seat not here)": { type: "seat-lost", seat: "t9", reason: "moved", at: 0, workstationName: "W" },
  "application-launched": {
    type: "application-launched",
    seat: "t1",
    application: { id: "a", name: "A", icon: "x", open: true },
  },
  "launch-failed": { type: "launch-failed", seat: "t1", application: "a", code: "application-not-started" },
  "launch-failed (no activity is chosen)": {
    type: "launch-failed",
    seat: "t1",
    application: "a",
    code: "activity-not-chosen",
  },
  "application-closed": { type: "application-closed", seat: "t1", application: "b" },
  cancelled: { type: "cancelled" },
  woken: { type: "woken" },
  "launch-wanted (closed)": { type: "launch-wanted", application: "a" },
  "launch-wanted (open already)": { type: "launch-wanted", application: "b" },
  "launch-wanted (not in the portal)": { type: "launch-wanted", application: "z" },
  "activity-change-wanted": { type: "activity-change-wanted" },
  "activity-wanted (another)": { type: "activity-wanted", activity: "surgery" },
  "activity-wanted (the present one)": { type: "activity-wanted", activity: "hospital" },
  "activity-wanted (nobody's)": { type: "activity-wanted", activity: "z" },
  "favourite-wanted": { type: "favourite-wanted", application: "a", favourite: true },
  "lock-wanted": { type: "lock-wanted", at: 0 },
  "idle-warned": { type: "idle-warned", seat: "t1", coversAt: 1 },
  "idle-ended": { type: "idle-ended", seat: "t1" },
  "idle-over": { type: "idle-over", seat: "t1", usedAt: 0, at: 1 },
  "end-wanted": { type: "end-wanted", at: 0 },
  "receipt-dismissed": { type: "receipt-dismissed" },
  "an older card-identified": { type: "card-identified", attempt: 1, card },
  "an older proof-signed": { type: "proof-signed", attempt: 1, proof: "p" },
  "an older proof-unanswered": { type: "proof-unanswered", attempt: 1 },
  "an older session-granted (the seat that is open)": { type: "session-granted", attempt: 1, session, at: 0 },
  "an older session-described": { type: "session-described", attempt: 1, session: unchosen },
  "an older session-granted": { type: "session-granted", attempt: 1, session: { ...session, seat: "t2" }, at: 0 },
};

export function stateIn(phase: Phase): FlowState {
  return {
    ...initialFlow,
    condition: { kind: "ready", readers: ["r"] },
    connected: false,
    phase,
    lastAttempt: attempt,
  };
}

/** An open seat while an application asks for the PIN again. */
export function stateDuring(stepUp: StepUp): FlowState {
  const open = stateIn({ name: "open", insertion, session, launch: undefined });
  const typing = { step: "typing", kind: "change", insertion, attempt: 5, pin, triesLeft: 3 } as const;
  const care = stepUp.step === "waiting" ? { ...typing, problem: undefined, confirmed: true } : undefined;
  return { ...open, stepUp, care };
}

/** What every event does while an application asks for the PIN again. */
function stepUpSections(): string[] {
  return Object.entries(stepUps).map(([title, stepUp]) => {
    const before = stateDuring(stepUp);
    const rows = Object.entries(events).map(([name, event]) => {
      const { state, effects } = transition(before, event);
      const left = state.phase.name === "open" ? "*over*" : describe(state.phase);
      const next = state.stepUp === stepUp ? "*stays*" : state.stepUp === undefined ? left : `**${state.stepUp.step}**`;
      const then = state === before ? "–" : next;
      return `| ${name} | ${then} | ${effects.map(effect => effect.type).join(", ") || "–"} |`;
    });
    return [`## step-up, ${title}`, "", "| event | then | effects, in order |", "|---|---|---|", ...rows, ""].join(
      "\n",
    );
  });
}

/** docs/flow.md: what every event does in every phase. */
export function flowPage(): string {
  const sections = Object.entries(phases).map(([title, phase]) => {
    const before = stateIn(phase);
    const rows = Object.entries(events).map(([name, event]) => {
      const { state, effects } = transition(before, event);
      const next = state === before ? "–" : state.phase === phase ? "*stays*" : describe(state.phase);
      return `| ${name} | ${next} | ${effects.map(effect => effect.type).join(", ") || "–"} |`;
    });
    return [`## ${title}`, "", "| event | then | effects, in order |", "|---|---|---|", ...rows, ""].join("\n");
  });
  return [
    "# The workstation's flow",
    "",
    "Every event in every phase, printed from `core/flow/transition.ts` by `npm test -- --update test/unit/core/flow`. “–” changes nothing;",
    "*stays* changes something beside the phase (a receipt, the list of other cards, the connection). What must hold over all",
    "interleavings is checked by `test/unit/core/flow/model.test.ts`.",
    "",
    "Several readers: the flow looks at one card at a time. A card that comes while another is in use waits, and is looked at when that",
    "one leaves. A card that is done with (cancelled, locked, ended, refused) keeps nobody waiting: the next card in another reader is",
    "looked at at once, and the one that was done with counts again when it is taken out and put back.",
    "",
    "Two words can overtake each other on their way to the broker and back. Where that leaves open whether the broker holds the seat",
    "open (a proof without answer, a cover recorded or a hello answered while a proof is under way), the workstation takes it as covered,",
    "says so to the broker once more (repeating a cover changes nothing) and looks at the card again.",
    "",
    ...sections,
    "# A step-up in an open seat",
    "",
    "An application asks for the PIN again. It stands beside the phase `open`, in front of the applications; *over*: the seat is as it",
    "was, the applications are back in front. One that comes while a new PIN is typed waits for that. Whatever leaves the seat ends",
    "it: the broker hears of the seat, and tells the application.",
    "",
    ...stepUpSections(),
  ].join("\n");
}

function describe(phase: Phase): string {
  if (phase.name === "refused") return `**refused** (${phase.code})`;
  return `**${phase.name}**`;
}
