import { equalBytes } from "../../bytes/bytes.ts";
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
import { readCertificateDirectory } from "./certificate-directory.ts";
import { certificateLength, trimCertificate } from "./certificate-file.ts";
import { type FilePath, nameOf } from "./file-path.ts";
import { mayBeKeyFor, mayCertify } from "./key-choice.ts";
import { type KnownLayout, type UsableKey, unlikeLayout } from "./known-layout.ts";
import { type ObjectDirectory, readObjectDirectory } from "./object-directory.ts";
import { askTriesLeft } from "./pin-tries.ts";
import { readPrivateKeyDirectory } from "./private-key-directory.ts";
import { readIccNumber } from "./serial-number-file.ts";
import { signWith } from "./sign-with.ts";
import { readSerialNumber } from "./token-information.ts";

/** Bytes of the path of a file that stands in the master file. */
const masterFileDepth = 4;
const whole = { index: 0, length: undefined };
/** With the short identifiers that ISO/IEC 7816-15 keeps for them: 17 and 18. */
const objectDirectory: FilePath = { ...whole, path: Uint8Array.of(0x50, 0x31), shortIdentifier: 0x11 };
const tokenInformation: FilePath = { ...whole, path: Uint8Array.of(0x50, 0x32), shortIdentifier: 0x12 };

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
  /** True while the master file is the current folder. */
  #isAtMaster = false;
  /** The family's, while this card agrees with it. */
  #layout: KnownLayout | undefined;

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
    await this.#enter(this.#keyApplication);
  }

  /** Read once: the chip of an insertion stays the same. */
  async readCardId(): Promise<string | undefined> {
    if (this.#cardId !== undefined) return this.#cardId;
    const { chipNumber, family } = this.#profile;
    const file = chipNumber === "token-information" ? tokenInformation : chipNumber;
    const read = chipNumber === "token-information" ? readSerialNumber : readIccNumber;
    const content = await this.#readFile(file, start => read(start) !== undefined);
    const number = content === undefined ? undefined : read(content);
    this.#cardId = number === undefined ? undefined : `${family}:${number}`;
    return this.#cardId;
  }

  async readCertificate(key: CardKey): Promise<Uint8Array | undefined> {
    if (this.#layout !== undefined) {
      const usable = this.#layout.keys.filter(one => mayBeKeyFor(key, one.key));
      const certificate = await this.#choose(key, usable, file => this.#keepAtKeys(file));
      if (certificate !== undefined || usable.length === 0) return certificate;
      this.#differsFromLayout();
    }
    return this.#choose(key, await this.#usableKeys(key), file => this.#keep(file));
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
    const { triesLeft, isAtMaster } = await askTriesLeft(
      this.#transport,
      this.#profile.triesBy,
      reference,
      this.#isAtMaster,
    );
    if (isAtMaster) this.#hasLeft();
    this.#isAtMaster = isAtMaster;
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
    try {
      return await signWith(this.#transport, signsBy, reference, algorithm, digest);
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code === "card-refused-command") this.#differsFromLayout();
      throw thrown;
    }
  }

  /** Whether the card has the application, by its word or by what this chip showed before. */
  async #isThere(): Promise<boolean> {
    const { chipNumber, mustShowDirectory } = this.#profile;
    if (chipNumber !== "token-information" && (await this.#isKnown())) return true;
    if (this.#layout !== undefined && (await this.#enters(this.#keyApplication))) return true;
    this.#differsFromLayout();
    if (!(await this.#enters(this.#application))) return false;
    if (!mustShowDirectory) return true;
    await this.#isKnown();
    return (await this.#directory()).certificates.length > 0;
  }

  /**
   * Whether the chip says who it is, and its directory or its certificate is kept; one that refuses to say may still be a card
   * of ours.
   */
  async #isKnown(): Promise<boolean> {
    try {
      const cardId = await this.readCardId();
      if (cardId === undefined) return false;
      const isKept = (name: string) => this.#objects.recall(cardId, name) !== undefined;
      if (!isKept(unlikeLayout)) this.#layout = this.#profile.layout;
      const known = this.#layout?.keys.map(({ certificate }) => this.#nameAtKeys(certificate.file));
      return (known ?? [this.#keptName(objectDirectory)]).some(isKept);
    } catch (thrown) {
      if (thrown instanceof Failure && ["card-refused-command", "card-answer-malformed"].includes(thrown.code))
        return false;
      throw thrown;
    }
  }

  /** From now on, the card's own directory tells where everything stands. */
  #differsFromLayout(): void {
    if (this.#layout === undefined) return;
    this.#layout = undefined;
    if (this.#cardId !== undefined) this.#objects.keep(this.#cardId, unlikeLayout, new Uint8Array());
  }

  /** The certificate of the first of these keys that has one to sign in with. */
  async #choose(
    wanted: CardKey,
    keys: readonly UsableKey[],
    read: (file: FilePath) => Promise<Uint8Array | undefined>,
  ): Promise<Uint8Array | undefined> {
    for (const usable of keys) {
      const file = await read(usable.certificate.file);
      const certificate = file === undefined ? undefined : trimCertificate(file);
      if (certificate === undefined || !mayCertify(certificate)) continue;
      this.#chosen.set(wanted, usable);
      return certificate;
    }
    return undefined;
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
    if (this.#layout !== undefined) return this.#layout.pin;
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
    const fits = (start: Uint8Array) => readObjectDirectory(start).certificates.length > 0;
    return readObjectDirectory((await this.#keep(objectDirectory, fits)) ?? new Uint8Array());
  }

  async #entries<Entry>(files: readonly FilePath[], read: (file: Uint8Array) => Entry[]): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (const file of files) entries.push(...read((await this.#keep(file)) ?? new Uint8Array()));
    return entries;
  }

  async #keep(file: FilePath, fits?: (content: Uint8Array) => boolean): Promise<Uint8Array | undefined> {
    return this.#once(this.#keptName(file), () => this.#readFile(file, fits));
  }

  /** A certificate in the application of the keys, where the family's layout has it. */
  async #keepAtKeys(file: FilePath): Promise<Uint8Array | undefined> {
    return this.#once(this.#nameAtKeys(file), async () => {
      if (!this.#isAtKeys) await this.reselect();
      const { shortIdentifier } = file;
      const content =
        shortIdentifier === undefined
          ? undefined
          : await this.#files.readByShortIdentifier(shortIdentifier, certificateLength);
      return content ?? this.#files.read(file);
    });
  }

  /** A public file, read once per card that says who it is, and once per driver otherwise. */
  async #once(name: string, read: () => Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined> {
    if (this.#read.has(name)) return this.#read.get(name);
    const kept = this.#cardId === undefined ? undefined : this.#objects.recall(this.#cardId, name);
    const content = kept ?? (await read());
    this.#read.set(name, content);
    if (kept === undefined && content !== undefined && this.#cardId !== undefined)
      this.#objects.keep(this.#cardId, name, content);
    return content;
  }

  /** `fits`: whether what a short identifier brought is the file, as its number may mean another one, or none, on this card. */
  async #readFile(file: FilePath, fits?: (content: Uint8Array) => boolean): Promise<Uint8Array | undefined> {
    const { path, shortIdentifier } = file;
    const isAbsolute = path[0] === 0x3f && path[1] === 0x00;
    if (!isAbsolute && !this.#isAtDirectory) await this.#enter(this.#application);
    const mayBeShort = isAbsolute || this.#profile.namesDirectoryShortly;
    if (fits !== undefined && shortIdentifier !== undefined && mayBeShort) {
      const content = await this.#files.readByShortIdentifier(shortIdentifier);
      if (content !== undefined && isTrue(() => fits(content))) return content;
    }
    if (isAbsolute) this.#hasLeft();
    const content = await this.#files.read(file);
    this.#isAtMaster = isAbsolute && path.length === masterFileDepth;
    return content;
  }

  #keptName(file: FilePath): string {
    return `${toHex(this.#application)}/${nameOf(file)}`;
  }

  #nameAtKeys(file: FilePath): string {
    return `${toHex(this.#keyApplication)}/${nameOf(file)}`;
  }

  get #keyApplication(): Uint8Array {
    return this.#profile.keyApplication ?? this.#application;
  }

  #hasLeft(): void {
    this.#isAtDirectory = false;
    this.#isAtKeys = false;
    this.#isAtMaster = false;
  }

  async #enter(application: Uint8Array): Promise<void> {
    if (!(await this.#enters(application)))
      throw new Failure("card-refused-command", { detail: "SELECT of the application" });
  }

  async #enters(application: Uint8Array): Promise<boolean> {
    this.#hasLeft();
    if (!(await this.#files.selectApplication(application))) return false;
    this.#isAtDirectory = equalBytes(application, this.#application);
    this.#isAtKeys = equalBytes(application, this.#keyApplication);
    return true;
  }
}

/** Whether it holds; what cannot be read does not. */
function isTrue(holds: () => boolean): boolean {
  try {
    return holds();
  } catch {
    return false;
  }
}
