import { CardDisposition, CardMode, Protocol, type Reader } from "pcsc-mini";

/** Resets the card, which forgets every PIN by it. Other programs that use the card are told by PC/SC. */
export async function resetCard(reader: Reader): Promise<void> {
  const card = await reader.connect(CardMode.SHARED, Protocol.ANY);
  await card.disconnect(CardDisposition.RESET);
}
