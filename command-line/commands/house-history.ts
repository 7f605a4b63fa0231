import { differenceText } from "../../broker/house/house-differences.ts";
import { houseHistory as historyOf } from "../../broker/services/house-overview.ts";
import { withBrokerStore } from "../broker-store.ts";
import { configCommand } from "../config-command.ts";

const help = `wardkey house history --config FILE [--json]

The latest hundred changes that administrators made in the console of FILE's broker: when, by whom, what and why, the latest first.`;

/** `wardkey house history`. */
export function houseHistory(words: string[]): Promise<number> {
  return configCommand(words, help, async (config, json) => {
    const { versions } = await withBrokerStore(config, (_configuration, store) => historyOf(store, Date.now()));
    const lines = versions.map(({ version, at, by, reason, differences }) =>
      [version, new Date(at).toISOString(), by, `${differences.map(differenceText).join(", ")}; ${reason}`].join("  "),
    );
    console.log(json ? JSON.stringify(versions) : lines.join("\n"));
    return 0;
  });
}
