import type { HouseDifference } from "../../protocol/broker/console/house-change.ts";
import type { HouseHistory, HouseView } from "../../protocol/broker/console/house-view.ts";
import type { HouseInForce } from "../house/house-in-force.ts";
import { withoutSecrets } from "../house/house-secrets.ts";
import { writtenIn } from "../policy/configured-policies.ts";
import type { PolicyEngine } from "../policy/policy-engine.ts";
import { houseVersions } from "../store/house-table.ts";
import type { Store } from "../store/store.ts";
import { workstationCounts } from "../store/workstation-table.ts";

const mostVersions = 100;

/** What the house is made of, and where each entry is kept; no secret is in it. */
export async function houseOverview(house: HouseInForce, engine: PolicyEngine, store: Store): Promise<HouseView> {
  const { file, places, applications, groups, structures } = house;
  const counts = await workstationCounts(store.db);
  const kept = (list: readonly object[], entry: object) => ({
    source: list.includes(entry) ? ("file" as const) : ("console" as const),
    entry: withoutSecrets(entry),
  });
  return {
    version: house.version,
    applications: applications.map(application => {
      const { id, name, icon, group } = application;
      return {
        ...kept(file.applications, application),
        ...{ id, name, icon, group },
        policies: [...engine.policiesFor(id)],
        startedAt: places.filter(({ startApplication }) => startApplication === id).map(place => place.name),
      };
    }),
    places: places.map(place => ({
      ...kept(file.places, place),
      ...place,
      workstationCount: counts.get(place.id) ?? 0,
    })),
    groups: groups.map(group => ({ ...kept(file.groups, group), ...group })),
    structures: structures.map(structure => ({ ...kept(file.structures, structure), ...structure })),
    policyTexts: policyTextsOf(house, engine),
    policyVersion: engine.set.version,
    setAside: [...house.setAside],
  };
}

/** Every version with what changed in it, the latest first. */
export async function houseHistory(store: Store, now: number): Promise<HouseHistory> {
  const rows = await houseVersions(store.db, mostVersions);
  return {
    now,
    versions: rows.map(({ version, at, by_holder: by, reason, hash, differences_json }) => ({
      ...{ version, at, by, reason, hash },
      differences: JSON.parse(differences_json) as HouseDifference[],
    })),
  };
}

/** Those of the set in force. */
function policyTextsOf(house: HouseInForce, { set }: PolicyEngine): HouseView["policyTexts"] {
  const policiesIn = (file: string) => set.policies.filter(policy => policy.file === file).map(({ id }) => id);
  return set.sources.flatMap(source => {
    const written = writtenIn(source);
    if (written === undefined) return [];
    const text = house.policyTexts.find(({ id }) => written.source === "console" && id === written.id)?.text;
    return [{ ...written, text: text ?? source.text, policies: policiesIn(source.file) }];
  });
}
