import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export interface Import {
  readonly from: string;
  readonly line: number;
  /** As written. */
  readonly specifier: string;
  /** The file it means, from the root, where it is one of ours. */
  readonly file: string | undefined;
  /** True where only types are imported: nothing of it is left at run time. */
  readonly typesOnly: boolean;
}

const statement =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^;'"]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)|new URL\(\s*["'](\.[^"']+\.ts)["']\s*,\s*import\.meta\.url/gm;

/** Every import written in one source text. */
export function importsOf(from: string, text: string): Import[] {
  return [...text.matchAll(statement)].map(match => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? "";
    return {
      from,
      line: text.slice(0, match.index + match[0].search(/\S/)).split("\n").length,
      specifier,
      file: specifier.startsWith(".") ? normalize(join(dirname(from), specifier)) : undefined,
      typesOnly: match[1] !== undefined,
    };
  });
}

/** The TypeScript sources below a folder, paths from the root. */
export function sourcesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

export function importGraph(root: string, folders: readonly string[]): Import[] {
  return folders.flatMap(folder =>
    sourcesBelow(root, folder).flatMap(file => importsOf(file, readFileSync(join(root, file), "utf8"))),
  );
}
