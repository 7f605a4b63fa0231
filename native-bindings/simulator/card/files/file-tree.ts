/** A folder or a file of a simulated card, by its identifier. */
export type CardNode =
  | { readonly kind: "folder"; readonly id: number; readonly name?: Uint8Array; readonly children: readonly CardNode[] }
  | {
      readonly kind: "file";
      readonly id: number;
      readonly content: Uint8Array;
      /** By which READ BINARY may name it without a SELECT. */
      readonly shortIdentifier?: number;
    };

export type CardFolder = Extract<CardNode, { kind: "folder" }>;

/** Where one stands in the tree: the nodes from the master file to here. */
export type Place = readonly CardNode[];

export const folder = (id: number, children: readonly CardNode[], name?: Uint8Array): CardFolder => ({
  kind: "folder",
  id,
  children,
  ...(name === undefined ? {} : { name }),
});

export const file = (id: number, content: Uint8Array, shortIdentifier?: number): CardNode => ({
  kind: "file",
  id,
  content,
  ...(shortIdentifier === undefined ? {} : { shortIdentifier }),
});

/** The folders from the top to the one that is current: of a file, to the one that holds it. */
export function foldersOf(place: Place): CardFolder[] {
  return place.filter(node => node.kind === "folder");
}

/** Follows identifiers down from a folder; `undefined` where one is missing. */
export function follow(from: Place, ids: readonly number[]): Place | undefined {
  let place = from;
  for (const id of ids) {
    const last = place.at(-1);
    const next = last?.kind === "folder" ? last.children.find(child => child.id === id) : undefined;
    if (next === undefined) return undefined;
    place = [...place, next];
  }
  return place;
}

/** The folder that bears this name (application identifier), wherever it stands; a name may be cut short on its right. */
export function findNamed(master: CardFolder, name: Uint8Array): Place | undefined {
  const search = (place: Place): Place | undefined => {
    const here = place.at(-1);
    if (here?.kind !== "folder") return undefined;
    if (here.name !== undefined && name.length >= 5 && name.every((byte, at) => here.name?.[at] === byte)) return place;
    for (const child of here.children) {
      const found = search([...place, child]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search([master]);
}
