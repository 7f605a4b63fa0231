import { DerProblem, DerReader } from "./der-reader.ts";
import { type GeneralName, readGeneralName } from "./general-name.ts";

/** One GeneralSubtree. `bounded`: it has a minimum or maximum, of which RFC 5280 gives no meaning. */
export interface Subtree {
  readonly base: GeneralName;
  readonly bounded: boolean;
}

export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

/** RFC 5280, 4.2.1.10. */
export function readNameConstraints(value: Uint8Array): NameConstraints {
  const reader = new DerReader(DerReader.single(value, 0x30).content);
  const permitted = reader.optional(0xa0);
  const excluded = reader.optional(0xa1);
  reader.end();
  if (permitted === undefined && excluded === undefined) throw new DerProblem("empty name constraints");
  return {
    permitted: permitted === undefined ? [] : readSubtrees(permitted.content),
    excluded: excluded === undefined ? [] : readSubtrees(excluded.content),
  };
}

function readSubtrees(content: Uint8Array): readonly Subtree[] {
  const list = new DerReader(content);
  const subtrees: Subtree[] = [];
  while (!list.atEnd) {
    const one = new DerReader(list.read(0x30).content);
    const base = readGeneralName(one.read());
    const minimum = one.optional(0x80);
    const maximum = one.optional(0x81);
    one.end();
    subtrees.push({ base, bounded: minimum !== undefined || maximum !== undefined });
  }
  if (subtrees.length === 0) throw new DerProblem("no subtrees");
  return subtrees;
}
