import type { FlowEffect } from "../../../core/flow/flow-effect.ts";

/**
 * Who does what the flow wants done, one for each effect. None waits: what comes of it comes back as an event. Each file
 * beside this one gives those of its subject.
 */
export type Performers = {
  readonly [Type in FlowEffect["type"]]: (effect: Extract<FlowEffect, { type: Type }>) => void;
};

export function perform(performers: Performers, effect: FlowEffect): void {
  // The table pairs each type with its effect, which the compiler does not follow through an index.
  const performer = performers[effect.type] as (effect: FlowEffect) => void;
  performer(effect);
}
