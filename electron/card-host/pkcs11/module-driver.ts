import { createHash } from "node:crypto";
import type {
  CardDriver,
  CardKey,
  DriverPinState,
  KeyAlgorithm,
  ShownCertificate,
} from "../../../core/card/card-driver.ts";
import type { PinSource } from "../../../core/card/pin/pin-pad.ts";
import { sha256DigestInfo } from "../../../core/card/pkcs1-padding.ts";
import { isRsa, signatureIn } from "../../../core/card/signature-answer.ts";
import { Failure } from "../../../core/errors/failure.ts";
import type { ModuleAnswer, ModuleCommand, Token } from "../../../protocol/card-host/module-messages.ts";
import { type TokenKey, tokenKey } from "./token-keys.ts";

/** Asks the module's process; the limit is the asker's. */
export type AskModule = (command: ModuleCommand) => Promise<ModuleAnswer>;

/** One card by way of its maker's PKCS#11 module. What the module does on the card is its own affair. */
export class ModuleDriver implements CardDriver {
  readonly family: string;
  readonly #ask: AskModule;
  readonly #tokens: readonly Token[];
  readonly #unblocks: boolean;

  private constructor(family: string, ask: AskModule, tokens: readonly Token[], unblocks: boolean) {
    this.family = family;
    this.#ask = ask;
    this.#tokens = tokens;
    this.#unblocks = unblocks;
  }

  /** Rejects with `card-unknown` where the module shows no card in this reader. */
  static async select(family: string, ask: AskModule, reader: string, unblocks: boolean): Promise<ModuleDriver> {
    const answer = await ask({ type: "list-tokens", reader });
    if (answer.type !== "tokens") throw unexpected(answer);
    if (answer.tokens.length === 0) throw new Failure("card-unknown");
    return new ModuleDriver(family, ask, answer.tokens, unblocks);
  }

  /** True where the card's PIN is typed on the reader's own keys. */
  get hasPinPad(): boolean {
    return this.#tokens.some(token => token.onReader);
  }

  /** True where the module shows this certificate, by its SHA-256. */
  shows(certificate: Uint8Array): boolean {
    const wanted = fingerprint(certificate);
    return this.#tokens.some(token => token.certificates.some(shown => fingerprint(shown.certificate) === wanted));
  }

  /** The module selects what it needs by itself. */
  async reselect(): Promise<void> {}

  async readCardId(): Promise<string | undefined> {
    const serial = this.#tokens.find(token => token.serial !== "")?.serial;
    return serial === undefined ? undefined : `${this.family}:${serial}`;
  }

  async readCertificate(key: CardKey): Promise<Uint8Array | undefined> {
    return tokenKey(this.#tokens, key)?.certificate;
  }

  async listCertificates(): Promise<ShownCertificate[]> {
    return this.#tokens.flatMap(token => token.certificates).map(({ label, certificate }) => ({ label, certificate }));
  }

  async readPinState(): Promise<DriverPinState> {
    const answer = await this.#ask({ type: "pin-state", slot: this.#key("authentication").slot });
    if (answer.type !== "pin-state") throw unexpected(answer);
    const { triesLeft, minimumLength, maximumLength, officerBlocked } = answer;
    return { triesLeft, minimumLength, maximumLength, canUnblock: this.#unblocks && !officerBlocked };
  }

  async verifyPin(pin: PinSource): Promise<void> {
    await this.#do({ type: "login", slot: this.#key("authentication").slot, pin });
  }

  /** Logs out. Not every module tells the card so: false, whatever the module says. */
  async forgetPin(): Promise<boolean> {
    await this.#do({ type: "logout", slot: this.#key("authentication").slot });
    return false;
  }

  async changePin(secret: Uint8Array, newPin: Uint8Array): Promise<void> {
    await this.#do({ type: "change-pin", slot: this.#key("authentication").slot, secret, newPin });
  }

  async unblockPin(secret: Uint8Array, newPin: Uint8Array): Promise<void> {
    if (!this.#unblocks)
      throw new Failure("card-refused-command", { detail: "the settings let this module not unblock" });
    await this.#do({ type: "unblock-pin", slot: this.#key("authentication").slot, secret, newPin });
  }

  async sign(wanted: CardKey, algorithm: KeyAlgorithm, digest: Uint8Array): Promise<Uint8Array> {
    const { slot, key } = this.#key(wanted);
    const answer = await this.#ask({
      type: "sign",
      slot,
      key,
      mechanism: isRsa(algorithm) ? "rsa-pkcs1" : "ecdsa",
      data: isRsa(algorithm) ? sha256DigestInfo(digest) : digest,
    });
    if (answer.type !== "signature") throw unexpected(answer);
    return signatureIn(answer.signature, algorithm);
  }

  #key(wanted: CardKey): TokenKey {
    const key = tokenKey(this.#tokens, wanted);
    if (key === undefined) throw new Failure("card-without-certificate");
    return key;
  }

  async #do(command: ModuleCommand): Promise<void> {
    const answer = await this.#ask(command);
    if (answer.type !== "done") throw unexpected(answer);
  }
}

function fingerprint(certificate: Uint8Array): string {
  return createHash("sha256").update(certificate).digest("hex");
}

function unexpected(answer: ModuleAnswer): Failure {
  return new Failure("internal", { detail: `the module's process answered ${answer.type}` });
}
