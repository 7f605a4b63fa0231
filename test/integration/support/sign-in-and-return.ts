import { setTimeout as wait } from "node:timers/promises";
import type { WardCard } from "../../../demo/ward/ward-card.ts";
import type { DemonstrationCard } from "../../../native-bindings/simulator/authority/demonstration-cards.ts";
import type { ToldReaders } from "./told-readers.ts";

const settledMs = 200;
const digits = (text: string) => new TextEncoder().encode(text);

/**
 * A first sign-in with this card and a return, by the key that needs no PIN where it has one; what each costs in APDUs and
 * what was signed. The card host must not have seen the chip before.
 */
export async function signInAndReturn(
  card: WardCard,
  { pin }: DemonstrationCard,
  readers: ToldReaders,
  port: number,
  message: Uint8Array,
) {
  const { client } = readers;
  await card.insert(port);
  const first = await readers.insertion();
  const identified = await client.identify(first);
  const { triesLeft } = await client.pinState(first);
  const signature = await client.signWithPin(first, digits(pin), message);
  const commands = await settled(card);
  await card.remove();
  await card.insert(port);
  const back = await readers.insertion();
  const { cardId } = await client.identify(back);
  const key = await client.presence(back);
  if (key === undefined) await client.pinState(back);
  const second =
    key === undefined ? await client.signWithPin(back, digits(pin), message) : await client.signPresence(back, message);
  return {
    identified,
    triesLeft,
    signature,
    sameCard: cardId === identified.cardId,
    by: key === undefined ? ("pin" as const) : ("presence" as const),
    second,
    first: commands,
    back: (await card.status()).commands,
  };
}

/** The APDUs so far, when no more come: the PIN is taken back after the signature has been handed out. */
async function settled(card: WardCard): Promise<number> {
  const { commands } = await card.status();
  await wait(settledMs);
  return (await card.status()).commands === commands ? commands : settled(card);
}
