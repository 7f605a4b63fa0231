import { type Card, controlCode } from "pcsc-mini";
import type { PinPad } from "../../core/card/pin/pin-pad.ts";
import { pinVerifyStructure } from "../../core/card/pin/pin-verify-structure.ts";
import { readerFeature, readReaderFeatures } from "../../core/card/pin/reader-features.ts";
import { Failure } from "../../core/errors/failure.ts";
import { pcscFailure } from "./pcsc-failure.ts";

/** CM_IOCTL_GET_FEATURE_REQUEST, PC/SC part 10 section 2.2. */
const getFeatureRequest = 3400;

/** The keys of the reader that this card is in; `undefined` where it announces none. A reader that cannot say has none. */
export async function pinPadOf(card: Card): Promise<PinPad | undefined> {
  const answer = await card.control(controlCode(getFeatureRequest)).catch(() => new Uint8Array());
  const code = readReaderFeatures(answer).get(readerFeature.verifyPinDirect);
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
