import pkcs11, { type Handle, type PKCS11, type TokenInfo } from "pkcs11js";
import { Failure } from "../../core/errors/failure.ts";
import { attributeOf, findObjects } from "./objects.ts";
import { userFlags } from "./pin-tries.ts";
import { presentPin } from "./present-pin.ts";

const mechanisms = { "rsa-pkcs1": pkcs11.CKM_RSA_PKCS, ecdsa: pkcs11.CKM_ECDSA } as const;
/** Longer than the signature of any key that counts. */
const mostSignatureLength = 1024;

/** A session with a token, from the PIN to the logout; or one without PIN. */
export class TokenLogin {
  readonly #module: PKCS11;
  readonly #session: Handle;
  /** For keys that want it before each signature; gone with the login, and with the process that follows it. */
  #pin: string | undefined;

  private constructor(module: PKCS11, session: Handle, pin: string | undefined) {
    this.#module = module;
    this.#session = session;
    this.#pin = pin;
  }

  static withoutPin(module: PKCS11, slot: Handle): TokenLogin {
    return new TokenLogin(module, module.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION), undefined);
  }

  /** Wipes the PIN. The binding takes text alone, which cannot be wiped: it ends with this process. */
  static open(module: PKCS11, slot: Handle, info: () => TokenInfo, pin: Uint8Array | "on-reader"): TokenLogin {
    const login = TokenLogin.withoutPin(module, slot);
    try {
      // The binding cannot hand over none, which the standard asks for where the reader has keys; modules take an empty one too.
      login.#pin = pin === "on-reader" ? "" : Buffer.from(pin).toString();
      const text = login.#pin;
      presentPin(info, userFlags, text, () => module.C_Login(login.#session, pkcs11.CKU_USER, text));
      return login;
    } catch (thrown) {
      login.close();
      throw thrown;
    } finally {
      if (pin !== "on-reader") pin.fill(0);
    }
  }

  sign(key: Uint8Array, mechanism: keyof typeof mechanisms, data: Uint8Array): Uint8Array {
    const [object] = findObjects(this.#module, this.#session, [
      { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
      { type: pkcs11.CKA_ID, value: Buffer.from(key) },
    ]);
    if (object === undefined)
      throw new Failure("card-without-certificate", { detail: "the certificate's key is not there" });
    const [always] = attributeOf(this.#module, this.#session, object, pkcs11.CKA_ALWAYS_AUTHENTICATE);
    this.#module.C_SignInit(this.#session, { mechanism: mechanisms[mechanism] }, object);
    if (always === 1 && this.#pin !== undefined)
      this.#module.C_Login(this.#session, pkcs11.CKU_CONTEXT_SPECIFIC, this.#pin);
    const signature = this.#module.C_Sign(this.#session, Buffer.from(data), Buffer.alloc(mostSignatureLength));
    return Uint8Array.from(signature);
  }

  /** Logs out and closes the session, which does the same where the module refuses to log out. */
  close(): void {
    const wasLoggedIn = this.#pin !== undefined;
    this.#pin = undefined;
    try {
      if (wasLoggedIn) this.#module.C_Logout(this.#session);
    } catch {
    } finally {
      this.#module.C_CloseSession(this.#session);
    }
  }
}
