import { toHex } from "../../bytes/hex.ts";
import { Failure } from "../../errors/failure.ts";
import type { CardDriver, CardKey, DriverPinState, KeyAlgorithm, ShownCertificate } from "../card-driver.ts";
import type { CardTransport } from "../card-transport.ts";
import { onChannel } from "../logical-channel.ts";
import type { PinSource } from "../pin/pin-pad.ts";
import { changePin, unblockPin, verifyPin, verifyThenChangePin } from "../pin/present-pin.ts";
import type { PublicObjects } from "../public-objects.ts";
import { type PinEntry, readAuthenticationDirectory } from "./authentication-directory.ts";
import { CardFiles } from "./card-files.ts";
import type { CardProfile } from "./card-profile.ts";
import { type CertificateEntry, readCertificateDirectory } from "./certificate-directory.ts";
import { trimCertificate } from "./certificate-file.ts";
import { type FilePath, nameOf } from "./file-path.ts";
import { mayBeKeyFor, mayCertify } from "./key-choice.ts";
import { type ObjectDirectory, readObjectDirectory } from "./object-directory.ts";
import { askTriesLeft } from "./pin-tries.ts";
import { type PrivateKeyEntry, readPrivateKeyDirectory } from "./private-key-directory.ts";
import { readIccNumber } from "./serial-number-file.ts";
import { signWith } from "./sign-with.ts";
import { readSerialNumber } from "./token-information.ts";

const objectDirectory: FilePath = { path: Uint8Array.of(0x50, 0x31), index: 0, length: undefined };
const tokenInformation: FilePath = { path: Uint8Array.of(0x50, 0x32), index: 0, length: undefined };

interface UsableKey {
  readonly key: PrivateKeyEntry;
  readonly certificate: CertificateEntry;
}

/** Cards that describe themselves by ISO/IEC 7816-15 (PKCS#15). What a family adds to that stands in its profile. */
export class Pkcs15Driver implements CardDriver {
  readonly family: string;
  readonly #profile: CardProfile;
  readonly #transport: CardTransport;
  readonly #objects: PublicObjects;
  readonly #application: Uint8Array;
  readonly #files: CardFiles;
  readonly #read = new Map<string, Uint8Array | undefined>();
  readonly #chosen = new Map<CardKey, UsableKey>();
  #cardId: string | undefined;
  /** True while relative paths start at the directory's application. */
  #isAtDirectory = false;
  /** True while the application whose keys are used is certain to be the current one. */
  #isAtKeys = false;

  private constructor(profile: CardProfile, transport: CardTransport, objects: PublicObjects, application: Uint8Array) {
    this.family = profile.family;
    this.#profile = profile;
    this.#transport = transport;
    this.#objects = objects;
    this.#application = application;
    this.#files = new CardFiles(transport, profile.files);
  }

  /**
   * Selects the first of the profile's applications that the card has; `undefined` where it has none. A chip that says who it
   * is before that, and showed its directory there at an earlier insertion, is not asked again: its signature will tell.
   */
  static async select(
    profile: CardProfile,
    transport: CardTransport,
    objects: PublicObjects,
  ): Promise<Pkcs15Driver | undefined> {
    const own = profile.channel === undefined ? transport : onChannel(transport, profile.channel);
    for (const application of profile.applications) {
      const driver = new Pkcs15Driver(profile, own, objects, application);
      if (await driver.#isThere()) return driver;
    }
    return undefined;
  }

  async reselect(): Promise<void> {
    const { keyApplication } = this.#profile;
    await this.#enter(keyApplication ?? this.#application);
    this.#isAtDirectory = keyApplication === undefined;
    this.#isAtKeys = true;
  }

  /** Read once: the chip of an insertion stays the same. */
  async readCardId(): Promise<string | undefined> {
    if (this.#cardId !== undefined) return this.#cardId;
    const { chipNumber, family } = this.#profile;
    const file = chipNumber === "token-information" ? tokenInformation : chipNumber;
    const content = await this.#readFile(file);
    const read = chipNumber === "token-information" ? readSerialNumber : readIccNumber;
    const number = content === undefined ? undefined : read(content);
    this.#cardId = number === undefined ? undefined : `${family}:${number}`;
    return this.#cardId;
  }

  async readCertificate(key: CardKey): Promise<Uint8Array | undefined> {
    for (const usable of await this.#usableKeys(key)) {
      const file = await this.#keep(usable.certificate.file);
      const certificate = file === undefined ? undefined : trimCertificate(file);
      if (certificate === undefined || !mayCertify(certificate)) continue;
      this.#chosen.set(key, usable);
      return certificate;
    }
    return undefined;
  }

  async listCertificates(): Promise<ShownCertificate[]> {
    const shown: ShownCertificate[] = [];
    for (const { label, file } of await this.#entries(
      (await this.#directory()).certificates,
      readCertificateDirectory,
    )) {
      const content = await this.#keep(file);
      const certificate = content === undefined ? undefined : trimCertificate(content);
      if (certificate !== undefined) shown.push({ label, certificate });
    }
    return shown;
  }

  async readPinState(): Promise<DriverPinState> {
    const { format, reference, canBeUnblocked } = await this.#pin();
    const { triesLeft, hasMovedAway } = await askTriesLeft(this.#transport, this.#profile.triesBy, reference);
    if (hasMovedAway) this.#hasLeft();
    const { minimumLength, maximumLength } = format;
    return { triesLeft, minimumLength, maximumLength, canUnblock: canBeUnblocked };
  }

  async verifyPin(pin: PinSource): Promise<void> {
    const entry = await this.#knownPin();
    await verifyPin(this.#transport, { cla: 0, ...entry }, pin);
  }

  /** ISO 7816 knows no way for it: only a reset makes these cards forget. */
  async forgetPin(): Promise<boolean> {
    return false;
  }

  async changePin(pin: Uint8Array, newPin: Uint8Array): Promise<void> {
    const change = this.#profile.changesBy === "old-and-new" ? changePin : verifyThenChangePin;
    await change(this.#transport, { cla: 0, ...(await this.#knownPin()) }, pin, newPin);
  }

  async unblockPin(unblockingCode: Uint8Array, newPin: Uint8Array): Promise<void> {
    const codes = (await this.#pins()).filter(entry => entry.isUnblockingCode);
    const format = codes[0]?.format ?? this.#profile.unblockingCode;
    await this.reselect();
    await unblockPin(this.#transport, { cla: 0, ...(await this.#pin()) }, [format, unblockingCode], newPin);
  }

  async sign(key: CardKey, algorithm: KeyAlgorithm, digest: Uint8Array): Promise<Uint8Array> {
    const chosen = this.#chosen.get(key);
    if (chosen === undefined) throw new Failure("card-without-certificate");
    const { signsBy, algorithms } = this.#profile;
    const reference = { key: chosen.key.reference, algorithm: algorithms[chosen.key.kind] };
    // A key's reference means something in its own application only.
    if (!this.#isAtKeys) await this.reselect();
    return signWith(this.#transport, signsBy, reference, algorithm, digest);
  }

  /** Whether the card has the application, by its word or by what this chip showed before. */
  async #isThere(): Promise<boolean> {
    const { chipNumber, mustShowDirectory, keyApplication } = this.#profile;
    if (chipNumber !== "token-information" && (await this.#isKnown())) return true;
    if (!(await this.#files.selectApplication(this.#application))) return false;
    this.#isAtDirectory = true;
    this.#isAtKeys = keyApplication === undefined;
    if (!mustShowDirectory) return true;
    await this.#isKnown();
    return (await this.#directory()).certificates.length > 0;
  }

  /** Whether the chip says who it is, and its directory is kept; one that refuses to say may still be a card of ours. */
  async #isKnown(): Promise<boolean> {
    try {
      const cardId = await this.readCardId();
      return cardId !== undefined && this.#objects.recall(cardId, this.#keptName(objectDirectory)) !== undefined;
    } catch (thrown) {
      if (thrown instanceof Failure && ["card-refused-command", "card-answer-malformed"].includes(thrown.code))
        return false;
      throw thrown;
    }
  }

  /** Private keys that may be the wanted one, each with its certificate's place; the card's own order. */
  async #usableKeys(wanted: CardKey): Promise<UsableKey[]> {
    const directory = await this.#directory();
    const keys = (await this.#entries(directory.privateKeys, readPrivateKeyDirectory)).filter(key =>
      mayBeKeyFor(wanted, key),
    );
    if (keys.length === 0) return [];
    const certificates = await this.#entries(directory.certificates, readCertificateDirectory);
    return keys.flatMap(key => {
      const certificate = certificates.find(({ id }) => id === key.id);
      return certificate === undefined ? [] : [{ key, certificate }];
    });
  }

  /** The PIN of the authentication key; its only PIN where the key names none that is known. */
  async #pin(): Promise<PinEntry> {
    if (!this.#chosen.has("authentication")) await this.readCertificate("authentication");
    const pins = (await this.#pins()).filter(entry => !entry.isUnblockingCode);
    const named = this.#chosen.get("authentication")?.key.pin;
    const pin = pins.find(({ id }) => id === named) ?? (pins.length === 1 ? pins[0] : undefined);
    if (pin === undefined) throw new Failure("card-without-pin");
    return pin;
  }

  /** As `#pin`, with the key's application selected again where the card's directory had to be read for it. */
  async #knownPin(): Promise<PinEntry> {
    const before = this.#read.size;
    const pin = await this.#pin();
    if (this.#read.size > before) await this.reselect();
    return pin;
  }

  async #pins(): Promise<PinEntry[]> {
    return this.#entries((await this.#directory()).authentication, readAuthenticationDirectory);
  }

  async #directory(): Promise<ObjectDirectory> {
    return readObjectDirectory((await this.#keep(objectDirectory)) ?? new Uint8Array());
  }

  async #entries<Entry>(files: readonly FilePath[], read: (file: Uint8Array) => Entry[]): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (const file of files) entries.push(...read((await this.#keep(file)) ?? new Uint8Array()));
    return entries;
  }

  /** A public file, read once per card that says who it is, and once per driver otherwise. */
  async #keep(file: FilePath): Promise<Uint8Array | undefined> {
    const name = this.#keptName(file);
    if (this.#read.has(name)) return this.#read.get(name);
    const kept = this.#cardId === undefined ? undefined : this.#objects.recall(this.#cardId, name);
    const content = kept ?? (await this.#readFile(file));
    this.#read.set(name, content);
    if (kept === undefined && content !== undefined && this.#cardId !== undefined)
      this.#objects.keep(this.#cardId, name, content);
    return content;
  }

  async #readFile(file: FilePath): Promise<Uint8Array | undefined> {
    const isAbsolute = file.path[0] === 0x3f && file.path[1] === 0x00;
    if (isAbsolute) this.#hasLeft();
    else if (!this.#isAtDirectory) {
      await this.#enter(this.#application);
      this.#isAtDirectory = true;
      this.#isAtKeys = this.#profile.keyApplication === undefined;
    }
    return this.#files.read(file);
  }

  #keptName(file: FilePath): string {
    return `${toHex(this.#application)}/${nameOf(file)}`;
  }

  #hasLeft(): void {
    this.#isAtDirectory = false;
    this.#isAtKeys = false;
  }

  async #enter(application: Uint8Array): Promise<void> {
    if (!(await this.#files.selectApplication(application)))
      throw new Failure("card-refused-command", { detail: "SELECT of the application" });
  }
}
