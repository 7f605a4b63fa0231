import type { CardAccess } from "../../../core/card/card-access.ts";
import type { CardDriver } from "../../../core/card/card-driver.ts";
import { asFailure, Failure } from "../../../core/errors/failure.ts";
import type { Pkcs11ModuleSettings } from "../../../protocol/card-host/settings.ts";
import { ModuleDriver } from "./module-driver.ts";
import { ModuleProcess } from "./module-process.ts";

/** For one piece of work; less than the agent's patience with the card host, so that only the module's process pays for it. */
const workLimitMs = 6_000;
/** Longer than readers wait for somebody to type on their keys, less than the agent waits. */
const typingLimitMs = 80_000;
/** How long PC/SC may take to tell a removal. */
const removalMs = 1_000;

/** What a module needs to know of the card, and cannot tell. */
export interface ModuleCard {
  readonly reader: string;
  readonly usePinPad: boolean;
  /** What our own driver reads of this card, where the module cannot tell its reader from another; otherwise not asked. */
  readonly proof: (() => Promise<Uint8Array | undefined>) | undefined;
  /** Resets the card, so that it forgets a PIN that the module may have left with it. */
  reset(): Promise<void>;
}

/**
 * Work on the card of one insertion by a PKCS#11 module, which connects to the card by itself: nothing of ours holds a
 * transaction meanwhile. After work with a PIN the module's process is ended and the card is reset.
 */
export class ModuleAccess implements CardAccess {
  readonly #settings: Pkcs11ModuleSettings;
  readonly #card: ModuleCard;
  readonly #process: ModuleProcess;
  #driver: ModuleDriver | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #ended = false;
  #tellEnd = () => {};
  readonly #gone = new Promise<void>(resolve => {
    this.#tellEnd = resolve;
  });

  constructor(settings: Pkcs11ModuleSettings, card: ModuleCard) {
    this.#settings = settings;
    this.#card = card;
    this.#process = new ModuleProcess(settings.path);
  }

  async repeatable<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result> {
    return this.#queue(async () => {
      try {
        return await this.#withDriver(work);
      } catch (thrown) {
        if (this.#ended || asFailure(thrown).code !== "card-reset") throw thrown;
        await this.#letGo();
        return this.#withDriver(work);
      }
    });
  }

  async once<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result> {
    let leaving: Promise<void> = Promise.resolve();
    const result = this.#queue(async () => {
      try {
        return await this.#withDriver(work);
      } finally {
        leaving = this.#leave();
      }
    });
    // The answer does not wait for the end; the next work does.
    this.#work = result.catch(() => {}).then(() => leaving);
    return result;
  }

  get hasPinPad(): boolean {
    return this.#card.usePinPad && this.#driver?.hasPinPad === true;
  }

  get presented(): undefined {
    return undefined;
  }

  get commands(): number {
    return 0;
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#tellEnd();
    this.#process.kill();
    await this.#work;
  }

  #queue<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#work.then(async () => {
      if (this.#ended) throw new Failure("card-removed");
      try {
        return await work();
      } catch (thrown) {
        const failure = asFailure(thrown);
        if (failure.code === "card-refused-command") await this.#awaitRemoval();
        throw this.#ended ? new Failure("card-removed", { cause: thrown }) : failure;
      }
    });
    this.#work = result.catch(() => {});
    return result;
  }

  /** Whether a card left is PC/SC's word, which comes a moment after a module's complaint of a device that failed. */
  async #awaitRemoval(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>(resolve => {
      timer = setTimeout(resolve, removalMs);
    });
    await Promise.race([this.#gone, patience]);
    clearTimeout(timer);
  }

  async #withDriver<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result> {
    // The slots of a process that is gone are gone with it.
    if (!this.#process.isRunning) this.#driver = undefined;
    this.#driver ??= await this.#select();
    return work(this.#driver);
  }

  async #select(): Promise<ModuleDriver> {
    const { reader, proof } = this.#card;
    const { name, unblocks } = this.#settings;
    const driver = await ModuleDriver.select(
      `pkcs11-${name}`,
      command => {
        const typing = command.type === "login" && command.pin === "on-reader";
        return this.#process.ask(command, typing ? typingLimitMs : workLimitMs);
      },
      reader,
      unblocks,
    );
    if (proof === undefined) return driver;
    const certificate = await proof();
    if (certificate !== undefined && driver.shows(certificate)) return driver;
    throw new Failure("card-unknown", { detail: "the module cannot tell this reader from another" });
  }

  async #leave(): Promise<void> {
    if (this.#process.isRunning) await this.#driver?.forgetPin().catch(() => {});
    await this.#letGo();
    if (!this.#ended) await this.#card.reset().catch(() => {});
  }

  async #letGo(): Promise<void> {
    this.#driver = undefined;
    await this.#process.end();
  }
}
