import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { HolderGroups } from "../../core/ports/holder-groups.ts";
import type { Log } from "../../core/ports/log.ts";
import {
  type HouseChange,
  type HouseDifference,
  type HouseDone,
  type HouseEffects,
  type HouseFault,
  mostTold,
} from "../../protocol/broker/console/house-change.ts";
import { plainPermit } from "../policy/plain-policies.ts";
import { type PoliciesInForce, recordPolicies, timeZoneOf } from "../policy/policies-in-force.ts";
import { policyDryRun } from "../policy/policy-dry-run.ts";
import type { PolicySet } from "../policy/policy-set.ts";
import type { AdministratorAct } from "../services/administrator-act.ts";
import type { House } from "../services/house.ts";
import { addHouseVersion, houseAt } from "../store/house-table.ts";
import { recentPortals } from "../store/recent-portal-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { workstationCounts } from "../store/workstation-table.ts";
import { type ChangedHouse, changeKeptHouse } from "./change-kept-house.ts";
import { differenceText, houseDifferences } from "./house-differences.ts";
import { houseFaultOf } from "./house-fault-of.ts";
import { type HouseInForce, openHouse, sealHouse } from "./house-in-force.ts";
import type { HouseSecrets } from "./house-secrets.ts";
import { type KeptHouse, listOf } from "./kept-house.ts";
import { mergeHouse } from "./merge-house.ts";

interface Parts {
  readonly house: HouseInForce;
  readonly policies: PoliciesInForce;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: HouseSecrets;
  readonly timeZone: string | undefined;
  groupsOf(house: Pick<House, "groups">): HolderGroups;
}

/** A house that holds together, and what would decide in it. */
interface Candidate {
  readonly kept: KeptHouse;
  readonly house: House;
  readonly set: PolicySet;
  readonly differences: readonly HouseDifference[];
  readonly madeSecret?: string | undefined;
}

type Checked =
  | { readonly sound: true; readonly candidate: Candidate }
  | { readonly sound: false; readonly faults: readonly HouseFault[] };

/**
 * Changes of administrators: each is checked as the configuration file is, tried against the policies and yesterday's portals, and
 * counts without a restart. One that does not hold together is refused, and changes nothing.
 */
export class HouseChanges {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async faults(change: HouseChange): Promise<readonly HouseFault[]> {
    const checked = await this.#check(change);
    return checked.sound ? [] : checked.faults;
  }

  /** What it would do, to whom. */
  async effects(change: HouseChange): Promise<HouseEffects> {
    const { house, policies, store, clock, timeZone, groupsOf } = this.#parts;
    const checked = await this.#check(change);
    if (!checked.sound) return { ...nothingDone, faults: [...checked.faults] };
    const { candidate } = checked;
    const { portals, gained, lost } = await policyDryRun(
      await recentPortals(store.db, clock.now()),
      {
        house: { places: house.places, applications: house.applications },
        groups: groupsOf(house),
        set: policies.engine.set,
      },
      { house: candidate.house, groups: groupsOf(candidate.house), set: candidate.set },
      timeZoneOf({ timeZone }),
    );
    return {
      faults: [],
      differences: [...candidate.differences],
      portals,
      gainedCount: gained.length,
      lostCount: lost.length,
      gained: gained.slice(0, mostTold),
      lost: lost.slice(0, mostTold),
      leftToPolicies: leftToPolicies(policies.engine.set, candidate),
    };
  }

  /** Does it, recorded before it counts. Rejects with `changed-meanwhile` and `house-refused`. */
  async change(change: HouseChange, seen: number, reason: string, act: AdministratorAct): Promise<HouseDone> {
    const { house, policies, store, log, secrets } = this.#parts;
    if (seen !== house.version) throw new Failure("changed-meanwhile", { detail: `version ${house.version} is there` });
    const checked = await this.#check(change);
    if (!checked.sound) {
      const detail = checked.faults.map(({ where, words }) => `${where}: ${words}`).join("\n");
      log.warn("house-refused", { detail });
      throw new Failure("house-refused", { detail });
    }
    const { kept, set, differences, madeSecret } = checked.candidate;
    const version = seen + 1;
    const sealed = sealHouse(kept, secrets);
    await store.write(async tx => {
      const differences_json = JSON.stringify(differences);
      await addHouseVersion(tx, { version, ...sealed, differences_json, by_holder: act.by, reason, at: act.at });
      const what = differences.map(differenceText).join(", ");
      const detail = `version ${version}, SHA-256 ${sealed.hash}: ${what}; ${reason}`;
      await appendTrail(tx, { ...act, act: "house-changed", detail });
      await recordPolicies(tx, set, act.at);
    });
    house.take(kept, version);
    policies.take(set);
    return { version, ...(madeSecret === undefined ? {} : { madeSecret }) };
  }

  async #check(change: HouseChange): Promise<Checked> {
    const { house, policies } = this.#parts;
    const changed =
      change.act === "restore" ? await this.#earlier(change.version) : changeKeptHouse(house.kept, change);
    if (!changed.sound) return changed;
    const { kept, madeSecret } = changed;
    const { house: merged, setAside } = mergeHouse(house.file, kept);
    // What the file contradicts since a restart is known, and shown; nothing new may come to it.
    const known = new Set(house.setAside.map(({ kind, id }) => `${kind} ${id}`));
    const contradictions = setAside.filter(({ kind, id }) => !known.has(`${kind} ${id}`));
    const faults = [
      ...contradictions.map(({ kind, id, words }) => ({ where: `${listOf[kind]}.${id}`, words })),
      ...(await this.#peopled(merged)),
    ];
    if (faults.length > 0) return { sound: false, faults };
    const compiled = policies.compile({ ...merged, policyTexts: kept.policies });
    if (!compiled.sound) return { sound: false, faults: compiled.faults.map(houseFaultOf) };
    const differences = houseDifferences(house.kept, kept);
    return { sound: true, candidate: { kept, house: merged, set: compiled.set, differences, madeSecret } };
  }

  async #earlier(version: number): Promise<ChangedHouse> {
    const { store, secrets } = this.#parts;
    const row = await houseAt(store.db, version);
    if (row === undefined) return { sound: false, faults: [{ where: `version ${version}`, words: "there is none" }] };
    try {
      return { sound: true, kept: openHouse(row, secrets) };
    } catch (problem) {
      return { sound: false, faults: [{ where: `version ${version}`, words: String(problem) }] };
    }
  }

  /** A place with workstations cannot go: they would stand nowhere. */
  async #peopled(merged: House): Promise<readonly HouseFault[]> {
    const { house, store } = this.#parts;
    const gone = house.places.filter(({ id }) => !merged.places.some(place => place.id === id));
    if (gone.length === 0) return [];
    const counts = await workstationCounts(store.db);
    return gone.flatMap(({ id }) =>
      counts.has(id) ? [{ where: `places.${id}`, words: `${counts.get(id)} workstations stand there` }] : [],
    );
  }
}

const nothingDone = {
  differences: [],
  portals: 0,
  gainedCount: 0,
  lostCount: 0,
  gained: [],
  lost: [],
  leftToPolicies: [],
};

/** The first text of policies takes from every application that states nothing its place in everybody's portal. */
function leftToPolicies(present: PolicySet, { set, house }: Candidate): string[] {
  const gives = ({ policies }: PolicySet, application: string) =>
    policies.some(({ id }) => id === plainPermit(application));
  return house.applications.flatMap(({ id, professions }) =>
    professions === undefined && gives(present, id) && !gives(set, id) ? [id] : [],
  );
}
