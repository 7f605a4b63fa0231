import { fromHex, toHex } from "../../../core/bytes/hex.ts";
import type { CardTransport } from "../../../core/card/card-transport.ts";
import { selectDriver } from "../../../core/card/select-driver.ts";
import { algorithmsOf, publicKeyIn } from "../../../electron/card-host/card-algorithms.ts";
import { gunzip } from "../../../electron/card-host/gunzip.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";

/** What a card was asked and answered in a sign-in in which nothing went wrong; hexadecimal. */
export interface Conversation {
  readonly atr: string;
  readonly protocol: "T=0" | "T=1";
  readonly pin: string;
  readonly exchanges: readonly (readonly [command: string, answer: string])[];
}

const mostCommands = 2_000;
const digest = new Uint8Array(32).fill(0x5a);
const longDigest = new Uint8Array(48).fill(0x5a);
const text = new TextEncoder();
const services = { objects: { recall: () => undefined, keep() {}, forget() {} }, gunzip };

/** Everything that a driver does with a card, once. */
export async function converse(transport: CardTransport, pin: string): Promise<void> {
  const driver = await selectDriver(transport, services);
  await driver.readCardId();
  const certificate = await driver.readCertificate("authentication");
  await driver.readCertificate("presence");
  if (certificate !== undefined) {
    const { card } = algorithmsOf(publicKeyIn(certificate));
    await driver.readPinState();
    await driver.reselect();
    await driver.verifyPin(text.encode(pin));
    await driver.sign("authentication", card, card === "p-384" ? longDigest : digest);
    await driver.forgetPin();
  }
  await driver.listCertificates();
}

/** A card that came to no end: it was asked more than any card should be. */
export class Endless extends Error {}

/** Answers as the conversation did, each answer changed with a chance of one in three; says how many were. */
export class MutatingCard implements CardTransport {
  readonly atr: Uint8Array;
  readonly protocol: "T=0" | "T=1";
  readonly #answers = new Map<string, Uint8Array>();
  readonly #all: Uint8Array[] = [];
  #random = new Random(0);
  #commands = 0;
  mutated = 0;

  constructor({ atr, protocol, exchanges }: Conversation) {
    this.atr = fromHex(atr) ?? new Uint8Array();
    this.protocol = protocol;
    for (const [command, answer] of exchanges) {
      const bytes = fromHex(answer) ?? new Uint8Array();
      this.#answers.set(command, bytes);
      this.#all.push(bytes);
    }
  }

  /** Forgets what was asked; from now on this seed decides. */
  begin(seed: number): void {
    this.#random = new Random(seed);
    this.#commands = 0;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    this.#commands += 1;
    if (this.#commands > mostCommands) throw new Endless(`${this.#commands} commands`);
    const known = this.#answers.get(toHex(command)) ?? this.#random.pick(this.#all);
    if (this.#random.next(3) !== 0) return known.slice();
    this.mutated += 1;
    return mutate(known, this.#random);
  }
}
