import { parseArgs } from "node:util";
import type { BrokerConfiguration } from "../../broker/main/configuration.ts";
import { compilePolicies } from "../../broker/policy/compile-policies.ts";
import { knownNames, policySourcesOf } from "../../broker/policy/configured-policies.ts";
import { appliedSet } from "../../broker/policy/policies-applied.ts";
import { timeZoneOf } from "../../broker/policy/policies-in-force.ts";
import { type PolicyDryRun, policyDryRun, type WouldChange } from "../../broker/policy/policy-dry-run.ts";
import { faultText, type PolicyFault } from "../../broker/policy/policy-set.ts";
import { houseGroups } from "../../broker/services/house-groups.ts";
import { recentPortals } from "../../broker/store/recent-portal-table.ts";
import type { Store } from "../../broker/store/store.ts";
import { houseInStore, withBrokerStore } from "../broker-store.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey policy check --config FILE [--json] [FOLDER]

Checks the policies in FOLDER, or in the folder that FILE names, against the schema and against the places and applications of FILE,
the broker's configuration. Then decides the portals of the last 24 hours again, by the policies in force and by these: who would
gain what, who would lose what. Changes nothing.
Leaves with 0 where the policies can be used and nobody would lose anything, with 1 where they cannot or somebody would.`;

type Checked =
  | { readonly sound: false; readonly faults: readonly PolicyFault[] }
  | ({
      readonly sound: true;
      readonly version: string;
      /** `null`: no policies were in force here yet. */
      readonly inForce: string | null;
      readonly policies: number;
      readonly remarks: readonly PolicyFault[];
    } & PolicyDryRun);

/** `wardkey policy check`. */
export async function policyCheck(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      config: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || values.config === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    const result = await withBrokerStore(values.config, (configuration, store) =>
      check(configuration, store, positionals[0] ?? configuration.policyFolder),
    );
    console.log(values.json ? JSON.stringify(result) : page(result));
    return result.sound && result.lost.length === 0 ? 0 : 1;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}

async function check(configuration: BrokerConfiguration, store: Store, folder: string | undefined): Promise<Checked> {
  const house = await houseInStore(configuration, store);
  const compiled = compilePolicies(policySourcesOf(house, folder), knownNames(house));
  if (!compiled.sound) return compiled;
  const { version, policies, remarks } = compiled.set;
  const applied = await appliedSet(store.db);
  const portals = applied === undefined ? [] : await recentPortals(store.db, Date.now());
  const decided = { house, groups: houseGroups(house, store.db) };
  const changes = await policyDryRun(
    portals,
    { ...decided, set: applied ?? compiled.set },
    { ...decided, set: compiled.set },
    timeZoneOf(configuration),
  );
  return { sound: true, version, inForce: applied?.version ?? null, policies: policies.length, remarks, ...changes };
}

function page(checked: Checked): string {
  if (!checked.sound) return ["refused:", ...checked.faults.map(fault => `  ${faultText(fault)}`)].join("\n");
  const { version, inForce, policies, remarks, portals, gained, lost } = checked;
  const against =
    inForce === null ? "none in force yet" : inForce === version ? "in force" : `in force: ${inForce.slice(0, 12)}`;
  return [
    `${policies} policies, version ${version.slice(0, 12)} (${against})`,
    ...remarks.map(remark => `  remark: ${faultText(remark)}`),
    `${portals} portals of the last 24 hours decided again`,
    ...gained.map(change => `  + ${changeText(change)}`),
    ...lost.map(change => `  - ${changeText(change)}`),
    `${gained.length} applications would be gained, ${lost.length} lost`,
  ].join("\n");
}

function changeText({ holder, application, place, means, decides, wouldDecide }: WouldChange): string {
  return `${holder} ${application} at ${place} by ${means}: ${decides} → ${wouldDecide}`;
}
