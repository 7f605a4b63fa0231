import pkcs11 from "pkcs11js";

/** What flags tell of tries, for the holder's PIN or the security officer's. */
export interface TriesFlags {
  readonly locked: number;
  readonly finalTry: number;
  readonly countLow: number;
}

export const userFlags: TriesFlags = {
  locked: pkcs11.CKF_USER_PIN_LOCKED,
  finalTry: pkcs11.CKF_USER_PIN_FINAL_TRY,
  countLow: pkcs11.CKF_USER_PIN_COUNT_LOW,
};
export const officerFlags: TriesFlags = {
  locked: pkcs11.CKF_SO_PIN_LOCKED,
  finalTry: pkcs11.CKF_SO_PIN_FINAL_TRY,
  countLow: pkcs11.CKF_SO_PIN_COUNT_LOW,
};

/**
 * PKCS#11 knows no number, only "locked", "one left" and "somebody was wrong since the last success": the fewest that each
 * leaves. `undefined`: none of these is told.
 */
export function triesLeftBy(tokenFlags: number, flags: TriesFlags): number | undefined {
  if ((tokenFlags & flags.locked) !== 0) return 0;
  if ((tokenFlags & flags.finalTry) !== 0) return 1;
  if ((tokenFlags & flags.countLow) !== 0) return 2;
  return undefined;
}
