import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { sha256 } from "../../broker/store/trail-table.ts";
import { type ChainedRecord, verifyChain } from "../../core/trail/trail-chain.ts";

const help = `wardkey audit verify [--json] FILE

Follows the chain of the trail in FILE, the broker's store: every record changed, removed, inserted, doubled or swapped is found,
with its place. Leaves with 0 where the chain is intact, with 1 where it is not. A cut tail does not show in the chain alone:
compare the printed head with one that was kept elsewhere.`;

/** `wardkey audit verify`. */
export async function auditVerify(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (values.help || file === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  if (!existsSync(file)) {
    console.error(`wardkey: there is no ${file}`);
    return 1;
  }
  const verdict = verifyChain(recordsIn(file), sha256);
  if (values.json) console.log(JSON.stringify(verdict));
  else if (verdict.intact) console.log(`${verdict.records} records, intact; head ${verdict.head}`);
  else console.log(`record ${verdict.sequence} is ${verdict.problem}; the ${verdict.records} before it are intact`);
  return verdict.intact ? 0 : 1;
}

function* recordsIn(file: string): Generator<ChainedRecord> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    for (const row of database.prepare("select sequence, text, hash from trail_record order by sequence").iterate()) {
      yield { sequence: Number(row["sequence"]), text: String(row["text"]), hash: String(row["hash"]) };
    }
  } finally {
    database.close();
  }
}
