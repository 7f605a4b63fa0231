import { parseArgs } from "node:util";
import { differenceText } from "../../broker/house/house-differences.ts";
import { houseHistory as historyOf } from "../../broker/services/house-overview.ts";
import { withBrokerStore } from "../broker-store.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey house history --config FILE [--json]

The latest hundred changes that administrators made in the console of FILE's broker: when, by whom, what and why, the latest first.`;

/** `wardkey house history`. */
export async function houseHistory(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
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
    const { versions } = await withBrokerStore(values.config, (_configuration, store) => historyOf(store, Date.now()));
    const lines = versions.map(({ version, at, by, reason, differences }) =>
      [version, new Date(at).toISOString(), by, `${differences.map(differenceText).join(", ")}; ${reason}`].join("  "),
    );
    console.log(values.json ? JSON.stringify(versions) : lines.join("\n"));
    return 0;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}
