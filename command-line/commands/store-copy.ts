import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { readConfiguration } from "../../broker/main/configuration.ts";
import { copyStore } from "../../broker/store/copy-store.ts";
import { openEngine } from "../../broker/store/engine/open-engine.ts";
import { Store } from "../../broker/store/store.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey store copy --config FILE SQLITE

Copies what is in SQLITE, the file of a broker that has ended, into the PostgreSQL database of the configuration FILE, which no broker has
used yet: workstations, sessions, directory, the trail with its checkpoints. Key files are not in a store: keep \`store\` in FILE as it was, or copy them.`;

/** `wardkey store copy`. */
export async function storeCopy(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { config: { type: "string" }, help: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (values.help || values.config === undefined || file === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    console.log(`${await copy(file, values.config)} records of the trail, and everything else`);
    return 0;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}

async function copy(file: string, config: string): Promise<number> {
  const configuration = readConfiguration(config);
  if (configuration.postgresql === undefined) throw new Error(`${config} names no database`);
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  // As a broker: none runs meanwhile.
  const to = await Store.open(await openEngine(configuration, "broker"));
  try {
    const from = await Store.open(file);
    return await copyStore(from.db, to).finally(() => from.close());
  } finally {
    await to.close();
  }
}
