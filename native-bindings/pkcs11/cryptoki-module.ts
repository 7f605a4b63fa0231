import { createHash } from "node:crypto";
import pkcs11, { type Handle, type PKCS11, type TokenInfo } from "pkcs11js";
import { Failure } from "../../core/errors/failure.ts";
import { cryptokiFailure } from "./cryptoki-failure.ts";
import { fitsReader } from "./fits-reader.ts";
import { attributeOf, findObjects } from "./objects.ts";
import { officerFlags, triesLeftBy, userFlags } from "./pin-tries.ts";
import { changePin, unblockPin } from "./renew-pin.ts";
import { TokenLogin } from "./token-login.ts";

/** A card as a module shows it to everybody. `key` is the CKA_ID that a certificate shares with its key. */
export interface ModuleToken {
  readonly slot: string;
  readonly serial: string;
  readonly onReader: boolean;
  readonly certificates: { label: string; key: Uint8Array; certificate: Uint8Array }[];
  /** Keys that can be seen, and so used, without PIN. */
  readonly openKeys: Uint8Array[];
}

/** Where no flag tells of tries there is more than one left, at least: more is not promised. */
const untoldTries = 2;
const mostPinLength = 64;

/**
 * A PKCS#11 module (OASIS PKCS#11 2.40) loaded into this process, which is best one of its own: its calls block, and its
 * defects are the process's. Slots are the module's numbers in hexadecimal. Throws `Failure`s.
 */
export class CryptokiModule {
  readonly #module: PKCS11;
  readonly #logins = new Map<string, TokenLogin>();

  private constructor(module: PKCS11) {
    this.#module = module;
  }

  /** `file`: see `moduleFile`. Throws `module-unusable`. */
  static load(file: string): CryptokiModule {
    try {
      const module = new pkcs11.PKCS11();
      module.load(file);
      // Modules have threads of their own that watch readers.
      module.C_Initialize({ flags: pkcs11.CKF_OS_LOCKING_OK });
      return new CryptokiModule(module);
    } catch (cause) {
      throw new Failure("module-unusable", { detail: `${file}: ${cryptokiFailure(cause, "load").detail}`, cause });
    }
  }

  /** What is in one PC/SC reader. A certificate that several slots show counts once, by its SHA-256. */
  listTokens(reader: string): ModuleToken[] {
    return call("C_GetSlotList", () => {
      const seen = new Set<string>();
      return this.#module
        .C_GetSlotList(true)
        .filter(slot => fitsReader(this.#module.C_GetSlotInfo(slot).slotDescription, reader))
        .map(slot => this.#look(slot, seen));
    });
  }

  /** Costs no try. */
  pinState(slot: string) {
    return call("C_GetTokenInfo", () => {
      const { flags, minPinLen, maxPinLen } = this.#info(slot);
      if ((flags & pkcs11.CKF_USER_PIN_INITIALIZED) === 0) throw new Failure("card-without-pin");
      return {
        triesLeft: triesLeftBy(flags, userFlags) ?? untoldTries,
        minimumLength: Math.max(1, minPinLen),
        maximumLength: maxPinLen === 0 ? mostPinLength : Math.min(maxPinLen, mostPinLength),
        officerBlocked: triesLeftBy(flags, officerFlags) === 0,
      };
    });
  }

  /** Presents the PIN once. Wipes it; rejects as `CardDriver.verifyPin` does. */
  login(slot: string, pin: Uint8Array | "on-reader"): void {
    const info = () => this.#info(slot);
    call("C_Login", () => this.#logins.set(slot, TokenLogin.open(this.#module, handleOf(slot), info, pin)));
  }

  /** `data` is what the mechanism signs: a DigestInfo or a digest. Without a login only open keys can. */
  sign(slot: string, key: Uint8Array, mechanism: "rsa-pkcs1" | "ecdsa", data: Uint8Array): Uint8Array {
    return call("C_Sign", () => {
      const login = this.#logins.get(slot);
      if (login !== undefined) return login.sign(key, mechanism, data);
      const open = TokenLogin.withoutPin(this.#module, handleOf(slot));
      try {
        return open.sign(key, mechanism, data);
      } finally {
        open.close();
      }
    });
  }

  logout(slot: string): void {
    const login = this.#logins.get(slot);
    this.#logins.delete(slot);
    call("C_Logout", () => login?.close());
  }

  /** Wipes both. */
  changePin(slot: string, pin: Uint8Array, newPin: Uint8Array): void {
    call("C_SetPIN", () => changePin(this.#module, handleOf(slot), () => this.#info(slot), pin, newPin));
  }

  /** By the security officer's PIN, which some makers let be the holder's unblocking code. Wipes both. */
  unblockPin(slot: string, unblockingCode: Uint8Array, newPin: Uint8Array): void {
    call("C_InitPIN", () => unblockPin(this.#module, handleOf(slot), () => this.#info(slot), unblockingCode, newPin));
  }

  /** Lets go of all cards in order; the process is to end after it. */
  finalize(): void {
    for (const login of this.#logins.values()) login.close();
    this.#logins.clear();
    this.#module.C_Finalize();
  }

  #info(slot: string): TokenInfo {
    return this.#module.C_GetTokenInfo(handleOf(slot));
  }

  #look(slot: Handle, seen: Set<string>): ModuleToken {
    const { serialNumber, flags } = this.#module.C_GetTokenInfo(slot);
    const session = this.#module.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION);
    try {
      const bytes = (object: Handle, type: number) => attributeOf(this.#module, session, object, type);
      const find = (objectClass: number) =>
        findObjects(this.#module, session, [{ type: pkcs11.CKA_CLASS, value: objectClass }]);
      const certificates = find(pkcs11.CKO_CERTIFICATE).map(object => ({
        label: Buffer.from(bytes(object, pkcs11.CKA_LABEL)).toString(),
        key: bytes(object, pkcs11.CKA_ID),
        certificate: bytes(object, pkcs11.CKA_VALUE),
      }));
      return {
        slot: slot.toString("hex"),
        serial: serialNumber.replace(/[\0 ]+$/, ""),
        onReader: (flags & pkcs11.CKF_PROTECTED_AUTHENTICATION_PATH) !== 0,
        certificates: certificates.filter(({ certificate }) => isNew(certificate, seen)),
        openKeys: find(pkcs11.CKO_PRIVATE_KEY).map(object => bytes(object, pkcs11.CKA_ID)),
      };
    } finally {
      this.#module.C_CloseSession(session);
    }
  }
}

function call<Result>(what: string, act: () => Result): Result {
  try {
    return act();
  } catch (thrown) {
    throw cryptokiFailure(thrown, what);
  }
}

function isNew(certificate: Uint8Array, seen: Set<string>): boolean {
  const fingerprint = createHash("sha256").update(certificate).digest("hex");
  if (certificate.length === 0 || seen.has(fingerprint)) return false;
  seen.add(fingerprint);
  return true;
}

function handleOf(slot: string): Handle {
  return Buffer.from(slot, "hex");
}
