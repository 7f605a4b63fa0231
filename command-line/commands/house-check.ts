import type { SetAside } from "../../broker/house/merge-house.ts";
import { compilePolicies } from "../../broker/policy/compile-policies.ts";
import { knownNames, policySourcesOf } from "../../broker/policy/configured-policies.ts";
import { faultText, type PolicyFault } from "../../broker/policy/policy-set.ts";
import { houseInStore, withBrokerStore } from "../broker-store.ts";
import { configCommand } from "../config-command.ts";

const help = `wardkey house check --config FILE [--json]

Whether FILE, the broker's configuration, and what administrators keep in the console hold together: run it before the broker is
restarted with a changed FILE. Names what of the console would no longer count beside FILE, and the faults of the policies.
Leaves with 0 where everything counts, with 1 where something would not, or the store was altered.`;

interface Checked {
  readonly version: number;
  readonly setAside: readonly SetAside[];
  readonly policyFaults: readonly PolicyFault[];
}

/** `wardkey house check`. */
export function houseCheck(words: string[]): Promise<number> {
  return configCommand(words, help, async (config, json) => {
    const checked = await check(config);
    console.log(json ? JSON.stringify(checked) : page(checked));
    return checked.setAside.length + checked.policyFaults.length === 0 ? 0 : 1;
  });
}

function check(file: string): Promise<Checked> {
  return withBrokerStore(file, async (configuration, store) => {
    const house = await houseInStore(configuration, store);
    const compiled = compilePolicies(policySourcesOf(house, configuration.policyFolder), knownNames(house));
    const { version, setAside } = house;
    return { version, setAside, policyFaults: compiled.sound ? [] : compiled.faults };
  });
}

function page({ version, setAside, policyFaults }: Checked): string {
  return [
    `version ${version} of the console`,
    ...setAside.map(({ kind, id, words }) => `  set aside: ${kind} ${id}: ${words}`),
    ...policyFaults.map(fault => `  policies: ${faultText(fault)}`),
  ].join("\n");
}
