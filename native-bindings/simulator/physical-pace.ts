import type { SimulatedCard } from "./card/simulated-card.ts";
import type { Pace } from "./virtual-reader.ts";

export interface PhysicalCard {
  readonly bitsPerSecond: number;
  /** What the chip needs for one signature. */
  readonly signatureMs: number;
}

/** A start bit, eight bits, parity and one of guard time: T=1, ISO 7816-3 section 7.2. */
const bitsPerByte = 11;

/** The milliseconds that so many bytes take on the line between reader and card. */
export function lineMs(bytes: number, { bitsPerSecond }: PhysicalCard): number {
  return (bytes * bitsPerByte * 1000) / bitsPerSecond;
}

/** A virtual card that takes the time of a physical one: each byte on the line, and the signatures; what else it does is free. */
export function physicalPace(card: Pick<SimulatedCard, "asksFor">, physical: PhysicalCard): Pace {
  return (command, answer) =>
    lineMs(command.length + answer.length, physical) + (card.asksFor(command) === "sign" ? physical.signatureMs : 0);
}
