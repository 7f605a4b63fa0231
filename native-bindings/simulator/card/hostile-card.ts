import { concatBytes } from "../../../core/bytes/bytes.ts";
import { fromHex } from "../../../core/bytes/hex.ts";
import type { PullMoment, SimulatedCard } from "./simulated-card.ts";

/** What a rule is for, by its high half: one instruction, all of them (0), or the answer to reset (7). */
const moments = ["any", "select", "read", "get-data", "verify", "environment", "sign", "atr"] as const;
const instructions: Readonly<Record<number, (typeof moments)[number]>> = {
  164: "select",
  176: "read",
  203: "get-data",
  32: "verify",
  34: "environment",
  135: "sign",
  136: "sign",
  42: "sign",
};

/** What the card does then, by the rule's low half. */
const behaviours = [
  "honest",
  "endless-61",
  "endless-61-empty",
  "huge",
  "garbage",
  "lying-length",
  "cut-short",
  "success-alone",
  "stranger",
  "slow",
  "very-slow",
  "mute",
  "nothing",
  "one-byte",
  "nested",
  "blocked",
] as const;
type Behaviour = (typeof behaviours)[number];

/** The rules for people, one byte each. */
export const hostileRules =
  `high half of a byte: when (${moments.map((name, at) => `${at} ${name}`).join(", ")}); ` +
  `low half: what (${behaviours.map((name, at) => `${at.toString(16)} ${name}`).join(", ")})`;

/** Answers to reset that are none, by the low half of a rule for it. */
const badAtrs = [
  "3b00",
  "3bf0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0",
  "3b0f80",
  "ffffffffffffffffffffffffffffffff",
  "3bff1800008131fe45",
  "3b",
  "00",
  "3b9f958131fe9f006646530510a0ff4153504b43533135ff02",
] as const;

const slowMs = 300;
const verySlowMs = 4_000;
const hugeBytes = 65_000;
const success = Uint8Array.of(0x90, 0x00);
const moreWaits = Uint8Array.of(0x61, 0x00);

/**
 * A card that does what a string of bytes says, each byte a rule: any string is one. The first rule that fits decides; where none
 * does, the honest card underneath answers. A stranger hears every command, too, and can answer in its place.
 */
export class HostileCard implements SimulatedCard {
  readonly #honest: SimulatedCard;
  readonly #stranger: SimulatedCard;
  readonly #rules: readonly (readonly [(typeof moments)[number], Behaviour])[];
  /** What the card answers to a reset in place of its own. */
  readonly atr: Uint8Array | undefined;
  #fetching: Behaviour = "honest";

  constructor(honest: SimulatedCard, stranger: SimulatedCard, rules: Uint8Array) {
    this.#honest = honest;
    this.#stranger = stranger;
    this.#rules = Array.from(rules, rule => [
      moments[(rule >> 4) % moments.length] ?? "any",
      behaviours[rule & 0x0f] ?? "honest",
    ]);
    const forAtr = rules.find(rule => moments[(rule >> 4) % moments.length] === "atr");
    this.atr = forAtr === undefined ? undefined : fromHex(badAtrs[(forAtr & 0x0f) % badAtrs.length] ?? "");
  }

  get triesLeft(): number {
    return this.#honest.triesLeft;
  }

  reset(): void {
    this.#fetching = "honest";
    this.#honest.reset();
    this.#stranger.reset();
  }

  block(): void {
    this.#honest.block();
  }

  asksFor(command: Uint8Array): PullMoment | undefined {
    return this.#honest.asksFor(command);
  }

  delayBefore(command: Uint8Array): number {
    const behaviour = this.#behaviourAt(command);
    if (behaviour === "mute") return Number.POSITIVE_INFINITY;
    return behaviour === "slow" ? slowMs : behaviour === "very-slow" ? verySlowMs : 0;
  }

  answer(command: Uint8Array): Uint8Array {
    const behaviour = this.#behaviourAt(command);
    this.#fetching = behaviour;
    const honest = this.#honest.answer(command);
    const strange = this.#stranger.answer(command);
    return answerAs(behaviour, honest, strange);
  }

  /** GET RESPONSE goes on as the command before it did. */
  #behaviourAt(command: Uint8Array): Behaviour {
    const [, instruction = 0] = command;
    if (instruction === 0xc0) return this.#fetching;
    const moment = instructions[instruction];
    return this.#rules.find(([when]) => when === "any" || when === moment)?.[1] ?? "honest";
  }
}

function answerAs(behaviour: Behaviour, honest: Uint8Array, strange: Uint8Array): Uint8Array {
  const data = honest.subarray(0, -2);
  switch (behaviour) {
    case "honest":
    case "slow":
    case "very-slow":
    case "mute":
      return honest;
    case "endless-61":
      return concatBytes(new Uint8Array(256).fill(0x61), moreWaits);
    case "endless-61-empty":
      return moreWaits;
    case "huge":
      return concatBytes(new Uint8Array(hugeBytes).fill(0x53), success);
    case "garbage":
      return concatBytes(
        Uint8Array.from({ length: 64 }, (_, at) => (at * 37 + 0x5f) & 0xff),
        success,
      );
    case "lying-length":
      return concatBytes(Uint8Array.of(data[0] ?? 0x53, 0x82, 0xff, 0xf0), data.subarray(2), success);
    case "cut-short":
      return concatBytes(data.subarray(0, data.length >> 1), success);
    case "success-alone":
      return success;
    case "stranger":
      return strange;
    case "nothing":
      return new Uint8Array();
    case "one-byte":
      return Uint8Array.of(0x90);
    case "nested":
      return concatBytes(nestedObjects(), success);
    case "blocked":
      return Uint8Array.of(0x69, 0x83);
    default:
      return behaviour satisfies never;
  }
}

/** Data objects within data objects, as deep as a short answer holds. */
function nestedObjects(): Uint8Array {
  const depth = 120;
  return Uint8Array.from({ length: depth * 2 }, (_, at) => (at % 2 === 0 ? 0x30 : (depth - 1 - (at >> 1)) * 2));
}
