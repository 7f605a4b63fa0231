import { fromHex, toHex } from "../../../core/bytes/hex.ts";
import type { CardTransport } from "../../../core/card/card-transport.ts";
import { type Conversation, KnownAnswers } from "./conversation.ts";
import { mutate } from "./mutate.ts";
import { processorMs } from "./processor-time.ts";
import { Random } from "./random.ts";

/** One answer in so many is changed; which, each flow draws: rarely, so that it gets far, or often. */
const chances = [2, 3, 4, 8] as const;

/** Answers as the conversation did, but for what it changes by chance. */
export class MutatingCard implements CardTransport {
  readonly atr: Uint8Array;
  readonly protocol: "T=0" | "T=1";
  readonly #known: KnownAnswers;
  #random = new Random(0);
  #chance = 1;
  #answeredAt = 0;
  /** Answers changed since the beginning of time. */
  mutated = 0;
  /** Longest time from an answer to the next command in this flow, in milliseconds. */
  slowestMs = 0;
  /** What was answered otherwise than the conversation did in this flow, by command; hexadecimal. */
  changed: [command: string, answer: string][] = [];

  constructor(conversation: Conversation) {
    this.atr = fromHex(conversation.atr) ?? new Uint8Array();
    this.protocol = conversation.protocol;
    this.#known = new KnownAnswers(conversation);
  }

  /** Forgets what was asked; from now on this seed decides. */
  begin(seed: number): void {
    this.#known.begin();
    this.#random = new Random(seed);
    this.#chance = this.#random.pick(chances);
    this.#answeredAt = processorMs();
    this.slowestMs = 0;
    this.changed = [];
  }

  /** The last answer is read, too. */
  end(): void {
    this.slowestMs = Math.max(this.slowestMs, processorMs() - this.#answeredAt);
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    this.end();
    const name = toHex(command);
    const known = this.#known.to(name);
    const honest = known ?? this.#random.pick(this.#known.all);
    const isChanged = this.#random.next(this.#chance) === 0;
    const answer = isChanged ? mutate(honest, this.#random) : honest.slice();
    if (isChanged) this.mutated += 1;
    if (isChanged || known === undefined) this.changed.push([name, toHex(answer)]);
    this.#answeredAt = processorMs();
    return answer;
  }
}
