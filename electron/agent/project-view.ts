import type { FlowState, Phase } from "../../core/flow/flow-state.ts";
import type { WorkstationFacts } from "../../core/ports/broker-connection.ts";
import type { ReaderCondition } from "../../core/ports/card-readers.ts";
import type { ReaderView, Screen, View } from "../../protocol/window/view.ts";

/** What the window shows of a state. Pure; the window adds nothing of its own. */
export function projectView(state: FlowState, facts: WorkstationFacts, everConnected: boolean): Omit<View, "revision"> {
  const { name, placeName, helpdeskPhone, demonstration } = facts;
  return {
    workstation: { name, placeName, helpdeskPhone, demonstration },
    connection: state.connected ? "connected" : everConnected ? "disconnected" : "connecting",
    reader: readerOf(state.condition, state.phase),
    screen: screenOf(state.phase),
    receipt: state.receipt === undefined ? undefined : receiptOf(state.receipt),
  };
}

function readerOf(condition: ReaderCondition, phase: Phase): ReaderView {
  if (condition.kind === "trouble") return { state: "trouble", code: condition.code };
  if (condition.kind === "no-reader") return { state: "no-reader" };
  return { state: phase.name === "idle" ? "empty" : "card-in" };
}

function receiptOf(receipt: NonNullable<FlowState["receipt"]>): NonNullable<View["receipt"]> {
  return receipt.kind === "resumed-here" ? { ...receipt, applications: [...receipt.applications] } : receipt;
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
            ...(phase.seat.graceUntil === undefined ? {} : { graceUntil: phase.seat.graceUntil }),
          };
    case "identifying":
    case "counting-tries":
      return { name: "working", stage: "reading" };
    case "challenging":
      return { name: "working", stage: "asking" };
    case "presenting":
    case "signing":
      return { name: "working", stage: "proving" };
    case "opening":
      return { name: "working", stage: "opening" };
    case "entering-pin": {
      const { triesLeft, minimumLength, maximumLength } = phase.pin;
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
      };
    }
    case "open": {
      const { holder, means, openedAt, expiresAt, applications } = phase.session;
      return {
        name: "portal",
        holder: { displayName: holder.displayName, profession: holder.profession },
        means,
        openedAt,
        expiresAt,
        tiles: applications.map(({ id, name, icon, open }) => ({ id, name, icon, open })),
        ...(phase.launch === undefined ? {} : { launch: phase.launch }),
      };
    }
    case "refused":
      return {
        name: "trouble",
        code: phase.code,
        ...(phase.triesLeft === undefined ? {} : { triesLeft: phase.triesLeft }),
      };
    default:
      return phase satisfies never;
  }
}
