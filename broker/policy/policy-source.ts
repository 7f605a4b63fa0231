import { createHash } from "node:crypto";

/** One text of policies, with the name that faults are told by. */
export interface PolicySource {
  readonly file: string;
  readonly text: string;
}

/** The version of a set of policies: SHA-256 over names and texts, hex. The same texts are the same version anywhere. */
export function versionOf(sources: readonly PolicySource[]): string {
  const hash = createHash("sha256");
  for (const { file, text } of [...sources].sort((a, b) => (a.file < b.file ? -1 : 1)))
    hash.update(JSON.stringify([file, text]));
  return hash.digest("hex");
}
