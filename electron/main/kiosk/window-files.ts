import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

export interface WindowFile {
  readonly body: Uint8Array;
  readonly mediaType: string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};

/**
 * Reads the built window once, by its paths from the root. What is not in this map is never served, so no path can lead
 * out of the folder. Throws an Error with the remedy where nothing is built.
 */
export function readWindowFiles(folder: string): ReadonlyMap<string, WindowFile> {
  const files = new Map<string, WindowFile>();
  for (const entry of listFolder(folder)) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const mediaType = mediaTypes[extname(entry.name)];
    if (mediaType === undefined) continue;
    files.set(`/${relative(folder, path).split(sep).join("/")}`, { body: readFileSync(path), mediaType });
  }
  const index = files.get("/index.html");
  if (index === undefined) throw new Error(notBuilt(folder));
  return files.set("/", index);
}

function listFolder(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    throw new Error(notBuilt(folder));
  }
}

function notBuilt(folder: string): string {
  return `the window is not built (${folder}/index.html): vite build --config renderer/vite.config.ts`;
}
