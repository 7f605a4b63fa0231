import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { PolicySource } from "./policy-source.ts";

/** The policies in a folder: its `*.cedar` files, by name. Throws where it cannot be read. */
export function policiesIn(folder: string): readonly PolicySource[] {
  return filesOf(folder).map(file => ({ file, text: readFileSync(join(folder, file), "utf8") }));
}

/** Changes when one of the folder's policies does, without reading them. */
export function stampOfFolder(folder: string): string {
  const stamps = filesOf(folder).map(file => {
    const { mtimeMs, size } = statSync(join(folder, file));
    return [file, mtimeMs, size];
  });
  return JSON.stringify(stamps);
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter(file => file.endsWith(".cedar"))
    .sort();
}
