import { createHash, verify } from "node:crypto";
import { fromHex } from "../../../core/bytes/hex.ts";
import type { CardTransport } from "../../../core/card/card-transport.ts";
import { selectDriver } from "../../../core/card/select-driver.ts";
import { limited, WorkLimit } from "../../../core/card/work-limit.ts";
import { Failure } from "../../../core/errors/failure.ts";
import { algorithmsOf, publicKeyIn } from "../../../electron/card-host/card-algorithms.ts";
import { gunzip } from "../../../electron/card-host/gunzip.ts";

/** What a card was asked and answered in a sign-in in which nothing went wrong; hexadecimal. */
export interface Conversation {
  readonly atr: string;
  readonly protocol: "T=0" | "T=1";
  readonly pin: string;
  readonly exchanges: readonly (readonly [command: string, answer: string])[];
}

const message = new TextEncoder().encode("what the card signs");
const text = new TextEncoder();
const services = { objects: { recall: () => undefined, keep() {}, forget() {} }, gunzip };
const noTimers = { after: () => () => {} };

/**
 * Everything that the card host does with a card, once: `done` where both ends are content, which takes a signature that the
 * certificate verifies; otherwise the code of the failure. Anything that is no failure of the catalogue is thrown on.
 */
export async function converse(transport: CardTransport, pin: string): Promise<string> {
  const limit = new WorkLimit(noTimers);
  const card = limited(transport, () => limit);
  try {
    const driver = await selectDriver(card, services);
    await driver.readCardId();
    const certificate = await driver.readCertificate("authentication");
    await driver.readCertificate("presence");
    if (certificate !== undefined) {
      const key = publicKeyIn(certificate);
      const { card: algorithm, hash } = algorithmsOf(key);
      await driver.readPinState();
      await driver.reselect();
      await driver.verifyPin(text.encode(pin));
      const digest = createHash(hash).update(message).digest();
      const signature = await driver.sign("authentication", algorithm, digest);
      if (!verify(hash, message, { key, dsaEncoding: "ieee-p1363" }, signature))
        throw new Failure("card-signature-wrong");
      await driver.forgetPin();
    }
    await driver.listCertificates();
    return certificate === undefined ? "card-without-certificate" : "done";
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code === "internal") throw thrown;
    return thrown.code;
  }
}

/** Answers as the conversation did: the same command, to another file, has another answer. */
export class KnownAnswers {
  readonly all: readonly Uint8Array[];
  readonly #places = new Map<string, number[]>();
  #at = -1;

  constructor({ exchanges }: Conversation) {
    this.all = exchanges.map(([, answer]) => fromHex(answer) ?? new Uint8Array());
    exchanges.forEach(([command], place) => {
      this.#places.set(command, [...(this.#places.get(command) ?? []), place]);
    });
  }

  begin(): void {
    this.#at = -1;
  }

  /** The answer that came next to this command, or first; `undefined` to one that was never sent. */
  to(command: string): Uint8Array | undefined {
    const places = this.#places.get(command) ?? [];
    const place = places.find(next => next > this.#at) ?? places[0];
    if (place === undefined) return undefined;
    this.#at = place;
    return this.all[place];
  }
}
