import { readdirSync, readFileSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { extname } from "node:path";

export interface DeskFile {
  readonly body: Uint8Array | string;
  readonly mediaType: string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".ts": "text/javascript; charset=utf-8",
};
const font = "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2";

/** The page's files by their paths. TypeScript is served with its types stripped, so nothing has to be built. */
export function readDeskFiles(): ReadonlyMap<string, DeskFile> {
  const files = new Map<string, DeskFile>();
  const add = (path: string, url: URL) => {
    const text = readFileSync(url, "utf8");
    const kind = extname(url.pathname);
    files.set(path, { body: kind === ".ts" ? withoutTypes(text) : text, mediaType: mediaTypes[kind] ?? "" });
  };
  const folder = new URL("./page/", import.meta.url);
  for (const name of readdirSync(folder)) add(`/page/${name}`, new URL(name, folder));
  add("/frame-message.ts", new URL("./frame-message.ts", import.meta.url));
  add("/core/language.ts", new URL("../../core/language.ts", import.meta.url));
  add("/", new URL("index.html", folder));
  const fontFile = createRequire(import.meta.url).resolve(font);
  return files.set("/font.woff2", { body: readFileSync(fontFile), mediaType: "font/woff2" });
}

/** What Node itself runs our sources with. Its warning would stand in the terminal at every `npm start`. */
function withoutTypes(text: string): string {
  const warn = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = warn;
  }
}
