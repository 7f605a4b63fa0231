import { readDataObjects } from "../ber-tlv.ts";
import { readEntries } from "./directory-entries.ts";
import { type FilePath, readPath } from "./file-path.ts";

/** The directory files that signing in needs (ISO/IEC 7816-15, 8.3). */
export interface ObjectDirectory {
  readonly privateKeys: readonly FilePath[];
  readonly certificates: readonly FilePath[];
  readonly authentication: readonly FilePath[];
}

const tags = { privateKeys: 0xa0, certificates: 0xa4, authentication: 0xa8 } as const;
const mostFiles = 4;

/** Reads EF.OD: which directory stands in which file. */
export function readObjectDirectory(file: Uint8Array): ObjectDirectory {
  const entries = readEntries(file);
  const files = (tag: number) =>
    entries
      .filter(entry => entry.tag === tag)
      .flatMap(entry => readDataObjects(entry.value))
      .filter(choice => choice.tag === 0x30)
      .flatMap(choice => readPath(readDataObjects(choice.value)) ?? [])
      .slice(0, mostFiles);
  return {
    privateKeys: files(tags.privateKeys),
    certificates: files(tags.certificates),
    authentication: files(tags.authentication),
  };
}
