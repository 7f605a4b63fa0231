import type { HouseKind } from "../../protocol/broker/console/house-change.ts";
import type { House } from "../services/house.ts";
import type { Served } from "./client-faults.ts";
import { houseFaults } from "./house-faults.ts";
import type { KeptHouse } from "./kept-house.ts";

/** An entry of the console that cannot count beside the configuration file as it is now. */
export interface SetAside {
  readonly kind: HouseKind;
  readonly id: string;
  readonly words: string;
}

export interface MergedHouse {
  readonly house: House;
  readonly setAside: readonly SetAside[];
}

const kinds = { places: "place", applications: "application", groups: "group", structures: "structure" } as const;
type List = keyof typeof kinds;

/**
 * The house of the file and of the console. The file wins: what is kept in the console and contradicts it is set aside, and so
 * is what would then hang in the air. The file stands by itself, so this always ends in a house that holds together.
 */
export function mergeHouse(file: House & Served, kept: KeptHouse): MergedHouse {
  const { web, identityProvider } = file;
  const setAside: SetAside[] = [];
  let rest: Pick<KeptHouse, List> = kept;
  for (;;) {
    const house: House = {
      places: [...file.places, ...rest.places],
      applications: [...file.applications, ...rest.applications],
      groups: [...file.groups, ...rest.groups],
      structures: [...file.structures, ...rest.structures],
    };
    const faults = houseFaults({ ...house, web, identityProvider }).filter(
      ({ path: [list, index] }) => index >= file[list].length,
    );
    if (faults.length === 0) return { house, setAside };
    const out = new Set<unknown>();
    for (const fault of faults) {
      const [list, index, ...member] = fault.path;
      const entry = rest[list][index - file[list].length];
      if (entry === undefined || out.has(entry)) continue;
      out.add(entry);
      setAside.push({ kind: kinds[list], id: entry.id, words: `${member.join(".")}: ${fault.message}` });
    }
    const stays = (entry: unknown) => !out.has(entry);
    rest = {
      places: rest.places.filter(stays),
      applications: rest.applications.filter(stays),
      groups: rest.groups.filter(stays),
      structures: rest.structures.filter(stays),
    };
  }
}
