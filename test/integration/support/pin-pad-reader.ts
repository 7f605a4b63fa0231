import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Pcscd } from "./pcscd.ts";

const source = join(import.meta.dirname, "../../fixtures/pin-pad-reader/ifd-pin-pad.c");
const systemReaders = "/etc/reader.conf.d/vpcd";

/** The first virtual reader with keys of its own, under the real pcscd: its driver is built from source. */
export class PinPadReader {
  readonly pcscd: Pcscd;
  readonly #finger: string;

  private constructor(pcscd: Pcscd, finger: string) {
    this.pcscd = pcscd;
    this.#finger = finger;
  }

  static async start(directory: string): Promise<PinPadReader> {
    const driver = join(directory, "libifdpinpad.so");
    execFileSync("cc", ["-shared", "-fPIC", "-O2", source, "-o", driver, "-I/usr/include/PCSC", "-ldl"]);
    const usual = readFileSync(systemReaders, "utf8");
    const inner = /^LIBPATH\s+(\S+)/m.exec(usual)?.[1];
    if (inner === undefined) throw new Error(`${systemReaders} names no driver`);
    const readers = join(directory, "readers");
    mkdirSync(readers, { recursive: true });
    writeFileSync(join(readers, "vpcd"), usual.replace(inner, driver).replace("Virtual PCD", "Virtual PIN pad"));
    const finger = join(directory, "finger");
    rmSync(`${finger}.seen`, { force: true });
    const environment = { WARDKEY_INNER_DRIVER: inner, WARDKEY_PIN_PAD: finger };
    return new PinPadReader(await Pcscd.start({ readers, environment }), finger);
  }

  /** Types digits and the green key; or "cancel", or "timeout". */
  type(what: string): void {
    // Whole at once: the reader takes what it finds.
    writeFileSync(`${this.#finger}.draft`, what);
    renameSync(`${this.#finger}.draft`, this.#finger);
  }

  get wasAsked(): boolean {
    return existsSync(`${this.#finger}.seen`);
  }

  /** What the computer sent for the last VERIFY. */
  get seen(): Buffer {
    return readFileSync(`${this.#finger}.seen`);
  }
}
