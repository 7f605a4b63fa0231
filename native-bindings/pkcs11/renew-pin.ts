import pkcs11, { type Handle, type PKCS11, type TokenInfo } from "pkcs11js";
import { asFailure, Failure } from "../../core/errors/failure.ts";
import { officerFlags, type TriesFlags, userFlags } from "./pin-tries.ts";
import { demandLength, presentPin } from "./present-pin.ts";

const writing = pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION;

/** C_SetPIN: the new PIN by the old one. Wipes both; throws as `presentPin` does. */
export function changePin(
  module: PKCS11,
  slot: Handle,
  info: () => TokenInfo,
  pin: Uint8Array,
  newPin: Uint8Array,
): void {
  withTwo(module, slot, pin, newPin, (session, old, fresh) => {
    demandLength(info(), fresh);
    presentPin(info, userFlags, old, () => module.C_SetPIN(session, old, fresh));
  });
}

/** C_Login as security officer, then C_InitPIN. Wipes both; throws `unblocking-code-wrong` and `unblocking-code-blocked`. */
export function unblockPin(
  module: PKCS11,
  slot: Handle,
  info: () => TokenInfo,
  unblockingCode: Uint8Array,
  newPin: Uint8Array,
): void {
  withTwo(module, slot, unblockingCode, newPin, (session, code, fresh) => {
    demandLength(info(), fresh);
    presentCode(info, officerFlags, code, () => module.C_Login(session, pkcs11.CKU_SO, code));
    try {
      module.C_InitPIN(session, fresh);
    } finally {
      module.C_Logout(session);
    }
  });
}

/** The officer's PIN is told of under names of its own: the holder's is another. */
function presentCode(info: () => TokenInfo, flags: TriesFlags, code: string, present: () => void): void {
  try {
    presentPin(info, flags, code, present);
  } catch (thrown) {
    const { code: failure, triesLeft } = asFailure(thrown);
    const tries = { ...(triesLeft === undefined ? {} : { triesLeft }), cause: thrown };
    if (failure === "pin-wrong") throw new Failure("unblocking-code-wrong", tries);
    if (failure === "pin-blocked") throw new Failure("unblocking-code-blocked", tries);
    throw thrown;
  }
}

function withTwo(
  module: PKCS11,
  slot: Handle,
  secret: Uint8Array,
  newPin: Uint8Array,
  work: (session: Handle, secret: string, newPin: string) => void,
): void {
  try {
    const session = module.C_OpenSession(slot, writing);
    try {
      work(session, Buffer.from(secret).toString(), Buffer.from(newPin).toString());
    } finally {
      module.C_CloseSession(session);
    }
  } finally {
    secret.fill(0);
    newPin.fill(0);
  }
}
