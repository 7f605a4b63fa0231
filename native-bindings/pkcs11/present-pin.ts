import pkcs11, { type TokenInfo } from "pkcs11js";
import { Failure } from "../../core/errors/failure.ts";
import { refusalIn } from "./cryptoki-failure.ts";
import { type TriesFlags, triesLeftBy } from "./pin-tries.ts";

/**
 * Presents a PIN once by `present`, where its length is one that the token takes. Throws `pin-malformed` (not asked then),
 * `pin-blocked`, and `pin-wrong` with the tries that the token's flags tell of afterwards, if any.
 */
export function presentPin(info: () => TokenInfo, flags: TriesFlags, pin: string, present: () => void): void {
  const isTypedHere = pin !== "";
  if (isTypedHere) demandLength(info(), pin);
  try {
    present();
  } catch (thrown) {
    const code = refusalIn(thrown)?.code;
    if (code === pkcs11.CKR_PIN_LOCKED) throw new Failure("pin-blocked", { triesLeft: 0, cause: thrown });
    if (code !== pkcs11.CKR_PIN_INCORRECT) throw thrown;
    const triesLeft = triesLeftBy(info().flags, flags);
    if (triesLeft === 0) throw new Failure("pin-blocked", { triesLeft, cause: thrown });
    throw new Failure("pin-wrong", { ...(triesLeft === undefined ? {} : { triesLeft }), cause: thrown });
  }
}

/** Throws `pin-malformed` for a PIN of a length that the token never takes. */
export function demandLength({ minPinLen, maxPinLen }: TokenInfo, pin: string): void {
  if (pin.length < minPinLen || (maxPinLen !== 0 && pin.length > maxPinLen)) throw new Failure("pin-malformed");
}
