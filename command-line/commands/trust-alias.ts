import { parseArgs } from "node:util";
import { addHolderAlias, removeHolderAlias } from "../../broker/services/holder-aliases.ts";
import { holderAliases } from "../../broker/store/alias-table.ts";
import { withBrokerStore } from "../broker-store.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey trust alias --config FILE                        lists
wardkey trust alias --config FILE --add OLD=HOLDER
wardkey trust alias --config FILE --remove OLD

A professional's number can change with a new card (in France from ADELI, 0…, to RPPS, 8…). With an alias both cards are the same holder's:
sessions, rights and the trail know him as HOLDER, and the trail shows what the card said. A session that was opened under OLD before
is not taken over: it ends by itself. FILE is the broker's; changes count from the next card on.`;

/** `wardkey trust alias`. */
export async function trustAlias(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      config: { type: "string" },
      add: { type: "string" },
      remove: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { config, add, remove } = values;
  const [identifier = "", holder = ""] = add?.split("=") ?? [];
  const wrong = config === undefined || (add !== undefined && (identifier === "" || holder === ""));
  if (values.help || wrong) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    return await withBrokerStore(config, async (_configuration, store) => {
      const act = { at: Date.now() };
      if (add !== undefined) await addHolderAlias(store, identifier, holder, act);
      if (remove !== undefined) return (await removeHolderAlias(store, remove, act)) ? 0 : 1;
      for (const alias of await holderAliases(store.db)) console.log(`${alias.identifier} is ${alias.holder}`);
      return 0;
    });
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}
