import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

export interface ConsoleFile {
  readonly body: Buffer;
  readonly mediaType: string;
}

/** Where `vite build --config renderer/vite.config.ts` puts the console. */
const consoleFolder = fileURLToPath(new URL("../../dist/renderer/console/", import.meta.url));

const assetTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
};

export interface ConsoleFiles {
  /** The page, at whichever of its addresses. */
  readonly page: ConsoleFile;
  /** By name. What is not in it is never served, so no name can lead out of the folder. */
  readonly assets: ReadonlyMap<string, ConsoleFile>;
}

/** Reads the built console once. Throws an Error with the remedy where nothing is built. */
export function readConsoleFiles(folder = consoleFolder): ConsoleFiles {
  try {
    const page = { body: readFileSync(`${folder}index.html`), mediaType: "text/html; charset=utf-8" };
    const assets = new Map<string, ConsoleFile>();
    for (const name of readdirSync(`${folder}assets`)) {
      const mediaType = assetTypes[extname(name)];
      if (mediaType !== undefined) assets.set(name, { body: readFileSync(`${folder}assets/${name}`), mediaType });
    }
    return { page, assets };
  } catch (problem) {
    const remedy =
      "administrators are named, and the console is not built: vite build --config renderer/vite.config.ts";
    throw new Error(`${remedy} (${problem instanceof Error ? problem.message : problem})`);
  }
}
