import type { ActivityChoice } from "../../core/flow/activity-choice.ts";
import type { FlowState, Phase } from "../../core/flow/flow-state.ts";
import type { PinCare } from "../../core/flow/pin-care.ts";
import type {
  GlassOffer,
  SeatedSession,
  SessionApplication,
  WorkstationFacts,
} from "../../core/ports/broker-connection.ts";
import type { ReaderCondition } from "../../core/ports/card-readers.ts";
import type { Means } from "../../core/session/means.ts";
import type { PinCareView, ReaderView, Screen, Tile, View } from "../../protocol/window/view.ts";
import { stepUpScreen } from "./step-up-screen.ts";

/** What the window shows of a state. Pure; the window adds nothing of its own. */
export function projectView(state: FlowState, facts: WorkstationFacts, everConnected: boolean): Omit<View, "revision"> {
  const { name, placeName, helpdeskPhone, demonstration, federation } = facts;
  const { temporaryAccess, directoryPassword, breakGlass } = facts;
  return {
    workstation: {
      name,
      placeName,
      helpdeskPhone,
      demonstration,
      ...(federation === undefined ? {} : { federation }),
      ...(temporaryAccess === true ? { temporaryAccess } : {}),
      ...(directoryPassword === true ? { directoryPassword } : {}),
      ...(breakGlass === undefined ? {} : { breakGlass: offerOf(breakGlass) }),
    },
    connection: state.connected ? "connected" : everConnected ? "disconnected" : "connecting",
    reader: readerOf(state.condition, state.phase),
    screen: frontOf(state),
    receipt: state.receipt === undefined ? undefined : receiptOf(state.receipt),
    pinCare: state.care === undefined ? undefined : pinCareOf(state.care),
    coversAt: state.phase.name === "open" ? state.phase.coversAt : undefined,
  };
}

function offerOf({ reasons, ...offer }: GlassOffer): NonNullable<View["workstation"]["breakGlass"]> {
  return { ...offer, reasons: reasons.map(({ id, text }) => ({ id, text: { ...text } })) };
}

function readerOf(condition: ReaderCondition, phase: Phase): ReaderView {
  if (condition.kind === "trouble") return { state: "trouble", code: condition.code };
  if (condition.kind === "no-reader") return { state: "no-reader" };
  return { state: phase.name === "idle" ? "empty" : "card-in" };
}

function receiptOf(receipt: NonNullable<FlowState["receipt"]>): NonNullable<View["receipt"]> {
  return receipt.kind === "resumed-here" ? { ...receipt, applications: [...receipt.applications] } : receipt;
}

function pinCareOf(care: PinCare): PinCareView {
  switch (care.step) {
    case "counting":
    case "working":
      return { step: "working", kind: care.kind };
    case "typing": {
      const { kind, attempt, triesLeft, problem, confirmed } = care;
      const { minimumLength, maximumLength } = care.pin;
      return {
        step: "typing",
        kind,
        minimumLength,
        maximumLength,
        question: attempt,
        ...(triesLeft === undefined ? {} : { triesLeft }),
        ...(problem === undefined ? {} : { problem }),
        confirmLastTry: !confirmed,
      };
    }
    case "failed":
      return { step: "failed", kind: care.kind, code: care.code };
    default:
      return care satisfies never;
  }
}

function tileOf(application: SessionApplication): Tile {
  const { id, name, icon, open, elsewhere, favourite, usedAt, group, unavailable } = application;
  return {
    id,
    name,
    icon,
    open,
    ...(elsewhere === undefined ? {} : { elsewhere }),
    ...(favourite === true ? { favourite } : {}),
    ...(usedAt === undefined ? {} : { usedAt }),
    ...(group === undefined ? {} : { group }),
    ...(unavailable === undefined ? {} : { unavailable }),
  };
}

function frontOf({ phase, stepUp }: FlowState): Screen {
  const isAsking = phase.name === "open" && stepUp !== undefined && stepUp.step !== "waiting";
  return isAsking ? stepUpScreen(stepUp, phase.session.holder) : screenOf(phase);
}

function choiceOf(
  { holder, activities, activity, lastActivity, applications }: SeatedSession,
  choice: ActivityChoice,
): Screen {
  return {
    name: "activity",
    holder: { displayName: holder.displayName, profession: holder.profession },
    activities: activities.map(({ id, label, structureName }) => ({
      id,
      label,
      ...(structureName === undefined ? {} : { structureName }),
    })),
    ...(choice.required || activity === undefined ? {} : { present: activity }),
    ...(lastActivity === undefined ? {} : { last: lastActivity }),
    working: choice.step !== "asking",
    ...(choice.step === "asking" && choice.problem !== undefined ? { problem: choice.problem } : {}),
    closes: applications.filter(({ open }) => open).map(({ name }) => name),
  };
}

/** The card alone brings back what a card has opened. */
function isByCard(means: Means): boolean {
  return means === "card-pin" || means === "card-presence";
}

function screenOf(phase: Phase): Screen {
  switch (phase.name) {
    case "idle":
    case "finished":
      return phase.seat === undefined
        ? { name: "cover" }
        : {
            name: "covered",
            holder: phase.seat.session.holder.displayName,
            since: phase.seat.since,
            ...(phase.seat.graceUntil === undefined || !isByCard(phase.seat.session.means)
              ? {}
              : { graceUntil: phase.seat.graceUntil }),
          };
    case "identifying":
    case "counting-tries":
      return { name: "working", stage: "reading" };
    case "challenging":
      return { name: "working", stage: "asking" };
    case "presenting":
      return { name: "working", stage: "proving" };
    case "signing": {
      if (!phase.pin.onReader) return { name: "working", stage: "proving" };
      const { displayName, profession } = phase.offered.holder;
      return { name: "pin-pad", holder: { displayName, profession }, triesLeft: phase.pin.triesLeft };
    }
    case "entering-identifier":
      return {
        name: "identifier",
        question: phase.attempt,
        ...(phase.problem === undefined ? {} : { problem: phase.problem }),
      };
    case "asking-phone":
      return { name: "working", stage: "asking" };
    case "awaiting-phone":
      return { name: "phone", bindingMessage: phase.bindingMessage };
    case "entering-password":
      return {
        name: "password",
        question: phase.attempt,
        who: phase.who,
        ...(phase.problem === undefined ? {} : { problem: phase.problem }),
      };
    case "entering-break-glass":
      return {
        name: "break-glass",
        question: phase.attempt,
        who: phase.who,
        words: phase.words,
        ...(phase.problem === undefined ? {} : { problem: phase.problem }),
      };
    case "proving-password":
    case "opening-break-glass":
    case "opening":
      return { name: "working", stage: "opening" };
    case "asking-second-factor":
      return { name: "working", stage: "asking" };
    case "second-factor": {
      const { displayName, profession } = phase.owed.holder;
      return {
        name: "second-factor",
        holder: { displayName, profession },
        factors: [...phase.owed.factors],
        question: phase.attempt,
        ...(phase.problem === undefined ? {} : { problem: phase.problem }),
      };
    }
    case "proving-code":
      return { name: "working", stage: "opening" };
    case "awaiting-key":
      return { name: "security-key" };
    case "turned-away":
      return { name: "trouble", code: phase.code };
    case "entering-pin": {
      const { triesLeft, minimumLength, maximumLength, onReader } = phase.pin;
      const { displayName, profession } = phase.offered.holder;
      return {
        name: "pin",
        holder: { displayName, profession },
        triesLeft,
        minimumLength,
        maximumLength,
        question: phase.attempt,
        ...(phase.problem === undefined ? {} : { problem: phase.problem }),
        confirmLastTry: !phase.confirmed,
        ...(onReader ? { onReader } : {}),
      };
    }
    case "open": {
      if (phase.choice !== undefined) return choiceOf(phase.session, phase.choice);
      const { holder, means, openedAt, expiresAt, applications, activities, activity } = phase.session;
      const { temporaryAccess, breakGlass } = phase.session;
      const present = activities.find(({ id }) => id === activity);
      return {
        name: "portal",
        holder: { displayName: holder.displayName, profession: holder.profession },
        ...(present === undefined ? {} : { activity: { label: present.label, changeable: activities.length > 1 } }),
        means,
        openedAt,
        expiresAt,
        ...(temporaryAccess === undefined ? {} : { temporaryAccess }),
        ...(breakGlass === undefined ? {} : { breakGlass }),
        ...(phase.glass?.step === "refused"
          ? { breakGlassRefused: { application: phase.glass.application, code: phase.glass.code } }
          : {}),
        tiles: applications.map(tileOf),
        ...(phase.launch === undefined ? {} : { launch: phase.launch }),
      };
    }
    case "refused":
      return {
        name: "trouble",
        code: phase.code,
        ...(phase.triesLeft === undefined ? {} : { triesLeft: phase.triesLeft }),
        ...(phase.blocked?.canUnblock === true ? { canUnblock: true } : {}),
      };
    default:
      return phase satisfies never;
  }
}
