/** The moments at which a card can be told to leave its reader by itself. */
export type PullMoment = "verify" | "sign";

/** A chip: commands in, answers out. */
export interface SimulatedCard {
  readonly triesLeft: number;
  /** Power off, power on and reset all leave the card like this; the try counters are kept. */
  reset(): void;
  /** Spends all tries of the PIN. */
  block(): void;
  /** Milliseconds until it answers this command, where it takes its time; Infinity: it never does. Asked before `answer`. */
  delayBefore?(command: Uint8Array): number;
  /** Answers one command APDU, status bytes included. */
  answer(command: Uint8Array): Uint8Array;
  /** Which of the moments a command is, if any: a VERIFY that carries a PIN, or the making of a signature. */
  asksFor(command: Uint8Array): PullMoment | undefined;
}
