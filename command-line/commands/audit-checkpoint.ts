import { parseArgs } from "node:util";
import { lastCheckpoint } from "../../broker/store/trail-tree-table.ts";
import { withBrokerStore } from "../broker-store.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey audit checkpoint --config FILE

Prints the last signed checkpoint of the trail of the broker whose configuration is FILE, to be kept where nobody who can change
the broker's file can change it. \`wardkey audit verify --checkpoint\` compares with it.`;

/** `wardkey audit checkpoint`. */
export async function auditCheckpoint(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { config: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (values.help || values.config === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    const last = await withBrokerStore(values.config, (_configuration, store) => lastCheckpoint(store.db));
    if (last === undefined) throw new Error("the trail has no checkpoint yet");
    process.stdout.write(last.note);
    return 0;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}
