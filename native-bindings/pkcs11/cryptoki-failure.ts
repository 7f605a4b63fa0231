import pkcs11 from "pkcs11js";
import type { FailureCode } from "../../core/errors/catalogue.ts";
import { Failure } from "../../core/errors/failure.ts";

const codes: ReadonlyMap<number, FailureCode> = new Map<number, FailureCode>([
  [pkcs11.CKR_TOKEN_NOT_PRESENT, "card-removed"],
  [pkcs11.CKR_DEVICE_REMOVED, "card-removed"],
  [pkcs11.CKR_SLOT_ID_INVALID, "card-removed"],
  // A module closes its sessions when the card leaves or is reset by another program.
  [pkcs11.CKR_SESSION_HANDLE_INVALID, "card-reset"],
  [pkcs11.CKR_SESSION_CLOSED, "card-reset"],
  [pkcs11.CKR_TOKEN_NOT_RECOGNIZED, "card-unknown"],
  [pkcs11.CKR_PIN_INVALID, "pin-malformed"],
  [pkcs11.CKR_PIN_LEN_RANGE, "pin-malformed"],
  [pkcs11.CKR_PIN_TOO_WEAK, "pin-malformed"],
  [pkcs11.CKR_PIN_INCORRECT, "pin-wrong"],
  [pkcs11.CKR_PIN_LOCKED, "pin-blocked"],
  // A contactless interface, for the CPS's module.
  [pkcs11.CKR_USER_PIN_NOT_INITIALIZED, "card-without-pin"],
  [pkcs11.CKR_FUNCTION_CANCELED, "pin-entry-cancelled"],
  [pkcs11.CKR_FUNCTION_REJECTED, "pin-entry-cancelled"],
]);

/** The code and name of a module's refusal; `undefined` for anything else that was thrown. */
export function refusalIn(thrown: unknown): { readonly code: number; readonly name: string } | undefined {
  if (!(thrown instanceof pkcs11.Pkcs11Error)) return undefined;
  return { code: thrown.code, name: thrown.message };
}

/** The one place where a module's refusals become failures of the catalogue. `what` is the function that refused. */
export function cryptokiFailure(thrown: unknown, what: string): Failure {
  if (thrown instanceof Failure) return thrown;
  const refusal = refusalIn(thrown);
  const detail = `${what}: ${refusal?.name ?? String(thrown)}`;
  return new Failure(codes.get(refusal?.code ?? -1) ?? "card-refused-command", { detail, cause: thrown });
}
