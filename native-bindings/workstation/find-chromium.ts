import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The distribution's own Chromium: the first of its usual names on the search path. `undefined` where there is none. */
export function findChromium(searchPath: string = process.env["PATH"] ?? ""): string | undefined {
  const folders = searchPath.split(delimiter).filter(folder => folder !== "");
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
