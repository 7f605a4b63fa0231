import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Our part for Electron, once it is built. */
export const electronMain = fileURLToPath(new URL("../dist/electron/main.js", import.meta.url));

/** Electron's binary, where it has been downloaded and our part for it is built. */
export function electronBinary(): string | undefined {
  const folder = new URL("../node_modules/electron/", import.meta.url);
  const pathFile = new URL("path.txt", folder);
  if (!existsSync(pathFile) || !existsSync(electronMain)) return undefined;
  const binary = fileURLToPath(new URL(`dist/${readFileSync(pathFile, "utf8")}`, folder));
  return existsSync(binary) ? binary : undefined;
}
