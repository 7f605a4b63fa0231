import type { FlowEffect } from "../../../../core/flow/flow-effect.ts";
import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import type { FlowState } from "../../../../core/flow/flow-state.ts";

interface Pending {
  readonly seat: string;
  readonly holder: string;
  readonly workstation: number;
}

/** What the broker knows of the step-ups that it has asked for: at most one a seat, gone with the seat. */
export class ModelStepUps {
  readonly #pending = new Map<string, Pending>();
  #count = 0;

  ask(seat: string, holder: string, workstation: number): FlowEvent | undefined {
    if ([...this.#pending.values()].some(known => known.seat === seat)) return undefined;
    const id = `step-up-${++this.#count}`;
    this.#pending.set(id, { seat, holder, workstation });
    return { type: "step-up-wanted", stepUp: id, seat, application: "application" };
  }

  /** The broker waits no longer for what it asked for at this workstation. */
  expire(workstation: number): FlowEvent | undefined {
    const [id] = [...this.#pending].find(([, known]) => known.workstation === workstation) ?? [];
    if (id === undefined) return undefined;
    this.#pending.delete(id);
    return { type: "step-up-over", stepUp: id };
  }

  of(id: string, workstation: number): Pending | undefined {
    const known = this.#pending.get(id);
    return known?.workstation === workstation ? known : undefined;
  }

  end(id: string): void {
    this.#pending.delete(id);
  }

  /** Seats that are open no more take their step-ups with them. */
  keepOnly(openSeats: ReadonlySet<string>): void {
    for (const [id, { seat }] of this.#pending) if (!openSeats.has(seat)) this.#pending.delete(id);
  }

  /** What the broker waits for at rest has to be a question that is asked somewhere. */
  waitsInVain(stateOf: (workstation: number) => FlowState): boolean {
    return [...this.#pending].some(([id, { workstation }]) => {
      const { stepUp } = stateOf(workstation);
      return stepUp?.id !== id || stepUp.step === "failed";
    });
  }
}

/** What one step must not do to a step-up; the broken rule, where one is. */
export function brokenStepUpRule(
  before: FlowState,
  event: FlowEvent,
  after: FlowState,
  effects: readonly FlowEffect[],
): string | undefined {
  const { stepUp: from } = before;
  const { stepUp: to, phase } = after;
  const count = (type: FlowEffect["type"]) => effects.filter(effect => effect.type === type).length;
  const isHere = phase.name === "open" && phase.session.seat === to?.seat;
  const isOfCard = to === undefined || to.step === "waiting" || (isHere && to.insertion === phase.insertion);
  if (to !== undefined && !(isHere && isOfCard)) return "a step-up is asked for whose seat was left";
  const isAboutStepUp =
    event.type === "step-up-wanted" || event.type === "step-up-over" || event.type === "step-up-granted";
  if (isAboutStepUp && (after.phase.name !== before.phase.name || count("cover-screen") + count("cover-seat") > 0))
    return "a step-up touched a seat";
  if (to !== undefined && count("uncover-screen") > 0) return "the applications came in front of the question";
  if (from === undefined || from.step === "failed" || phase.name !== "open" || isAboutStepUp) return undefined;
  const ended = to === undefined || to.step === "failed";
  if (count("refuse-step-up") !== (ended ? 1 : 0))
    return `the end of a step-up was told ${count("refuse-step-up")} times`;
  const isWrong =
    event.type === "call-failed" &&
    from.step === "signing" &&
    event.attempt === from.attempt &&
    event.code === "pin-wrong" &&
    event.triesLeft !== 0;
  const isOfCare = event.type === "call-failed" && event.attempt === before.care?.attempt;
  if (!isOfCare && count("report-refusal") !== (isWrong ? 1 : 0))
    return `a wrong PIN of a step-up was reported ${count("report-refusal")} times`;
  return undefined;
}
