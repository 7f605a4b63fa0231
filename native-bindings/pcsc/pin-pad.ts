import { type Card, controlCode, type Reader } from "pcsc-mini";
import type { PinPad } from "../../core/card/pin/pin-pad.ts";
import { pinVerifyStructure } from "../../core/card/pin/pin-verify-structure.ts";
import { readerFeature, readReaderFeatures } from "../../core/card/pin/reader-features.ts";
import { Failure } from "../../core/errors/failure.ts";
import { pcscFailure } from "./pcsc-failure.ts";

/** CM_IOCTL_GET_FEATURE_REQUEST, PC/SC part 10 section 2.2. */
const getFeatureRequest = 3400;

/** What a reader has said of itself: it says the same for every card. */
const known = new WeakMap<Reader, ReadonlyMap<number, number>>();

/** The keys of the reader that this card is in; `undefined` where it announces none. A reader that cannot say has none. */
export async function pinPadOf(reader: Reader, card: Card): Promise<PinPad | undefined> {
  const features = known.get(reader) ?? (await askFeatures(reader, card));
  const code = features.get(readerFeature.verifyPinDirect);
  if (code === undefined) return undefined;
  return {
    async verify(command) {
      const status = await card.control(code, pinVerifyStructure(command)).catch(thrown => {
        throw pcscFailure(thrown);
      });
      const [high, low] = status.subarray(-2);
      if (high === undefined || low === undefined)
        throw new Failure("card-answer-malformed", { detail: "the PIN pad answers without a status word" });
      return (high << 8) | low;
    },
  };
}

async function askFeatures(reader: Reader, card: Card): Promise<ReadonlyMap<number, number>> {
  const answer = await card.control(controlCode(getFeatureRequest)).catch((thrown: { code?: unknown }) => {
    // Only a reader that cannot say is believed for good: a card that leaves just now makes this fail, too.
    return thrown.code === "UnsupportedFeature" ? new Uint8Array() : undefined;
  });
  if (answer === undefined) return new Map();
  const features = readReaderFeatures(answer);
  known.set(reader, features);
  return features;
}
