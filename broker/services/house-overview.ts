import type { HouseDifference } from "../../protocol/broker/console/house-change.ts";
import type { HouseHistory, HouseView } from "../../protocol/broker/console/house-view.ts";
import { houseFaultOf } from "../house/house-fault-of.ts";
import type { HouseInForce } from "../house/house-in-force.ts";
import { withoutSecrets } from "../house/house-secrets.ts";
import { writtenIn } from "../policy/configured-policies.ts";
import type { PoliciesInForce } from "../policy/policies-in-force.ts";
import type { PolicyEngine } from "../policy/policy-engine.ts";
import { houseVersions } from "../store/house-table.ts";
import type { Store } from "../store/store.ts";
import { workstationCounts } from "../store/workstation-table.ts";

const mostVersions = 100;

/** What the house is made of, and where each entry is kept; no secret is in it. */
export async function houseOverview(
  house: HouseInForce,
  { engine, refused }: Pick<PoliciesInForce, "engine" | "refused">,
  store: Store,
): Promise<HouseView> {
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
    policyFaults: refused.map(houseFaultOf),
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

/** The folder's, as they are in force; and every text that is kept in the console, whether it is or not. */
function policyTextsOf(house: HouseInForce, { set }: PolicyEngine): HouseView["policyTexts"] {
  const written = set.sources.map(source => ({ ...source, at: writtenIn(source) }));
  const policiesOf = (file: string | undefined) =>
    set.policies.filter(policy => policy.file === file).map(({ id }) => id);
  return [
    ...written.flatMap(({ file, text, at }) =>
      at?.source === "file" ? [{ ...at, text, policies: policiesOf(file) }] : [],
    ),
    ...house.policyTexts.map(({ id, text }) => {
      const source = written.find(({ at }) => at?.source === "console" && at.id === id);
      return { source: "console" as const, id, text, policies: policiesOf(source?.file) };
    }),
  ];
}
