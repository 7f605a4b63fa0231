import { createHash } from "node:crypto";
import { selectDriver } from "../../../core/card/select-driver.ts";
import { algorithmsOf, publicKeyIn } from "../../../electron/card-host/card-algorithms.ts";
import { gunzip } from "../../../electron/card-host/gunzip.ts";
import { KeptObjects } from "../../../electron/card-host/kept-objects.ts";
import type { DemonstrationKeys } from "../../../native-bindings/simulator/authority/demonstration-authority.ts";
import type { DemonstrationCard } from "../../../native-bindings/simulator/authority/demonstration-cards.ts";
import { makeCard } from "../../../native-bindings/simulator/make-card.ts";

export interface Exchange {
  readonly command: Uint8Array;
  readonly answer: Uint8Array;
}

/** What a T=1 card is sent, and answers, in a sign-in: the first with this chip, and the next. */
export interface RecordedSignIn {
  readonly first: readonly Exchange[];
  readonly known: readonly Exchange[];
}

/** Has the drivers sign in as the card host does, with the chip beside them and nothing between; `message` is what is signed. */
export async function recordSignIn(
  description: DemonstrationCard,
  keys: DemonstrationKeys,
  message: Uint8Array,
): Promise<RecordedSignIn> {
  const objects = new KeptObjects({ now: () => Date.now() });
  const record = async () => {
    const { card, atr } = makeCard(description, keys);
    const exchanges: Exchange[] = [];
    const transmit = async (command: Uint8Array) => {
      const answer = card.answer(command);
      exchanges.push({ command: command.slice(), answer });
      return answer;
    };
    const driver = await selectDriver({ atr, protocol: "T=1", transmit }, { objects, gunzip });
    await driver.readCardId();
    const certificate = (await driver.readCertificate("authentication")) ?? new Uint8Array();
    const algorithms = algorithmsOf(publicKeyIn(certificate));
    await driver.readPinState();
    await driver.reselect();
    await driver.verifyPin(new TextEncoder().encode(description.pin));
    await driver.sign("authentication", algorithms.card, createHash(algorithms.hash).update(message).digest());
    return exchanges;
  };
  return { first: await record(), known: await record() };
}
