import { parseArgs } from "node:util";
import { acceptLoss } from "../../broker/services/accept-loss.ts";
import { withBrokerStore } from "../broker-store.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey directory accept --config FILE [--reason TEXT] SOURCE

A look at SOURCE would have taken away so many persons that it was not believed. This says that it is meant: the next look may take
away as many, and a broker that runs looks at once. Recorded. \`wardkey directory check\` shows first what would change.`;

/** `wardkey directory accept`. */
export async function directoryAccept(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { config: { type: "string" }, reason: { type: "string" }, help: { type: "boolean", default: false } },
  });
  const [source] = positionals;
  const { config, reason: detail } = values;
  if (values.help || config === undefined || source === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    const act = { at: Date.now(), ...(detail === undefined ? {} : { detail }) };
    const lost = await withBrokerStore(config, (_configuration, store) => acceptLoss(store, source, act));
    console.log(`the next look at ${source} may take away ${lost} persons`);
    return 0;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}
