import { realpathSync } from "node:fs";
import { type UsualPlace, usualPlaces } from "./usual-places.ts";

/** A PKCS#11 module that is installed on this machine; whether it may be used is the settings' word. */
export interface FoundModule {
  readonly name: string;
  readonly rank: UsualPlace["rank"];
  readonly path: string;
}

/** The machine, as far as finding modules needs it. */
export interface SearchedMachine {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The file behind all links; throws where there is none. */
  readonly realPath: (path: string) => string;
}

const thisMachine: SearchedMachine = {
  platform: process.platform,
  environment: process.env,
  realPath: path => realpathSync(path),
};

/** The modules that lie in the usual places, makers' own first. One file under several names is told once, by the first. */
export function findModules(machine: SearchedMachine = thisMachine): FoundModule[] {
  const seen = new Set<string>();
  const found: FoundModule[] = [];
  for (const place of usualPlaces) {
    for (const written of placesOn(machine.platform, place)) {
      const path = written.replace(/%(\w+)%/g, (whole, name: string) => machine.environment[name] ?? whole);
      const file = fileBehind(machine, path);
      if (file === undefined || seen.has(file)) continue;
      seen.add(file);
      found.push({ name: place.name, rank: place.rank, path });
    }
  }
  return found;
}

function placesOn(platform: NodeJS.Platform, place: UsualPlace): readonly string[] {
  return platform === "win32" || platform === "darwin" || platform === "linux" ? place[platform] : [];
}

function fileBehind({ realPath }: SearchedMachine, path: string): string | undefined {
  try {
    return realPath(path);
  } catch {
    return undefined;
  }
}
