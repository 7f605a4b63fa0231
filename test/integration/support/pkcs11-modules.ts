import { execFileSync } from "node:child_process";
import { copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { findModules } from "../../../native-bindings/pkcs11/find-modules.ts";
import { cardHostSettings } from "../../../protocol/card-host/settings.ts";

const brokenSource = join(import.meta.dirname, "../../fixtures/pkcs11-modules/broken-module.c");

/**
 * True in an ordinary user's own namespace (`scripts/private-machine.sh`), where root's files are nobody's: there every module is
 * refused, as it must be, and what modules do cannot be tried.
 */
export const filesAreNobodys = ![0, process.getuid?.()].includes(statSync("/").uid);

/** OpenSC's module, as found in the usual places. */
export function openscModule(): string {
  const found = findModules().find(module => module.name === "OpenSC");
  if (found === undefined) throw new Error("OpenSC's PKCS#11 module is in none of the usual places");
  return found.path;
}

/** The same module under another maker's name. */
export function copyOfOpensc(directory: string): string {
  const copy = join(directory, "vendor-pkcs11.so");
  copyFileSync(openscModule(), copy);
  return copy;
}

/** A module that starts and then crashes, or never answers. */
export function brokenModule(directory: string, how: "crashes" | "hangs"): string {
  const file = join(directory, `${how}.so`);
  const words = how === "crashes" ? ["-DCRASHES"] : [];
  execFileSync("cc", ["-shared", "-fPIC", "-O1", ...words, brokenSource, "-o", file]);
  return file;
}

/** The settings that name these modules. */
export function withModules(...modules: readonly Record<string, unknown>[]) {
  return cardHostSettings.parse({ pkcs11Modules: modules });
}
