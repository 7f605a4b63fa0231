import { parseArgs } from "node:util";
import { withoutSecrets } from "../../broker/house/house-secrets.ts";
import type { KeptHouse } from "../../broker/house/kept-house.ts";
import { houseInStore, withBrokerStore } from "../broker-store.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey house show --config FILE [--json [--secrets]]

What administrators keep in the console beside FILE, the broker's configuration: places, applications, groups, structures and texts
of policies. With --json in the words of FILE, so that it can be moved there (policies into its policyFolder); the applications'
secrets are left out unless --secrets asks for them.`;

/** `wardkey house show`. */
export async function houseShow(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      config: { type: "string" },
      json: { type: "boolean", default: false },
      secrets: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { config, json, secrets } = values;
  if (values.help || config === undefined || (secrets && !json)) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    const { version, kept } = await withBrokerStore(config, houseInStore);
    console.log(json ? JSON.stringify({ version, ...(secrets ? kept : withoutSecrets(kept)) }) : page(version, kept));
    return 0;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}

function page(version: number, kept: KeptHouse): string {
  const lists = Object.entries(kept).filter(([, entries]) => entries.length > 0);
  return [
    version === 0 ? "nothing is kept in the console" : `version ${version}`,
    ...lists.map(([list, entries]) => `  ${list.padEnd(14)}${entries.map(({ id }) => id).join(", ")}`),
  ].join("\n");
}
