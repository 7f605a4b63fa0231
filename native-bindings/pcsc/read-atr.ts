import { CardDisposition, CardMode, Protocol, type Reader } from "pcsc-mini";
import { pcscFailure } from "./pcsc-failure.ts";

/** What the card in this reader answered to its reset. (What pcsc-mini 0.1.3 hands to "change" is memory already freed.) */
export async function readAtr(reader: Reader): Promise<Uint8Array> {
  try {
    const card = await reader.connect(CardMode.SHARED, Protocol.ANY);
    try {
      return (await card.state()).atr.slice();
    } finally {
      await card.disconnect(CardDisposition.LEAVE).catch(() => {});
    }
  } catch (thrown) {
    throw pcscFailure(thrown);
  }
}
