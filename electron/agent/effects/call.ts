import { asFailure } from "../../../core/errors/failure.ts";
import type { FlowEvent } from "../../../core/flow/flow-event.ts";
import type { Log } from "../../../core/ports/log.ts";

/** A call to the outside: its answer, or its failure, comes back as an event with the same attempt. */
export type Call = (attempt: number, work: () => Promise<FlowEvent>) => void;

export function callsTo(spokenBy: "workstation" | "broker", log: Log, happen: (event: FlowEvent) => void): Call {
  return (attempt, work) =>
    void work()
      .catch((thrown: unknown): FlowEvent => {
        const { code, triesLeft, detail } = asFailure(thrown);
        log.warn("call-failed", { code, detail: code === "internal" ? String(thrown) : detail });
        return { type: "call-failed", attempt, code, triesLeft, spokenBy };
      })
      .then(happen);
}
