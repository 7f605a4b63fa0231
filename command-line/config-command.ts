import { parseArgs } from "node:util";
import { problemText } from "./problem-text.ts";

/**
 * Runs a command whose words are `--config FILE [--json]` and `named` words more: its help where that is asked for (0) or a word is
 * missing (2), else what `work` gives as exit status; 1 with the problem in words where it fails.
 * @throws TypeError where a word is not one of these.
 */
export async function configCommand<Named extends string[] = []>(
  words: string[],
  help: string,
  work: (config: string, json: boolean, ...named: Named) => Promise<number>,
  named: Named["length"] = 0,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: named > 0,
    options: {
      config: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || values.config === undefined || positionals.length !== named) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    return await work(values.config, values.json, ...(positionals as Named));
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}
