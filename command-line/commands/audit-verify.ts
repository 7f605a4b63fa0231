import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { verifyTrailDatabase } from "../../broker/audit/trail-database.ts";
import { verifyTrailFile } from "../../broker/audit/trail-file.ts";
import { readTrailKey, trailKeyFile } from "../../broker/audit/trail-key.ts";
import { type BrokerConfiguration, readConfiguration } from "../../broker/main/configuration.ts";
import { isPostgresqlAddress } from "../../broker/store/engine/postgresql-address.ts";
import type { TrailVerdict } from "../../core/trail/verify-trail.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey audit verify [--json] [--key FILE] [--checkpoint FILE] (STORE | --config FILE)

Verifies the trail in STORE, the broker's file or a PostgreSQL database (postgresql://…), or in the store of the broker whose
configuration is FILE, which may be running: every record changed, removed, inserted, doubled or swapped is found, with its
place, and so is a checkpoint that was not signed over these records.
  --key FILE         the public key of the trail; where this is not given, the one beside the broker's file. Without any, signatures are not looked at
  --checkpoint FILE  a checkpoint that was kept elsewhere: finds a cut tail and an older file that was put back
Leaves with 0 where the trail is intact, with 1 where it is not.`;

/** `wardkey audit verify`. */
export async function auditVerify(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      config: { type: "string" },
      key: { type: "string" },
      checkpoint: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const [named] = positionals;
  if (values.help || (named === undefined) === (values.config === undefined)) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    return await verify(values.config === undefined ? placeOf(named ?? "") : readConfiguration(values.config), values);
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}

/** Where a trail is, as a broker's configuration says it. */
type TrailPlace = Pick<BrokerConfiguration, "store" | "postgresql">;

function placeOf(named: string): TrailPlace {
  return isPostgresqlAddress(named) ? { store: "", postgresql: { address: named } } : { store: named };
}

async function verify(
  { store, postgresql }: TrailPlace,
  values: { readonly json: boolean; readonly key?: string; readonly checkpoint?: string },
): Promise<number> {
  const keyFile = values.key ?? (existsSync(trailKeyFile(store)) ? trailKeyFile(store) : undefined);
  const file = postgresql === undefined ? store : undefined;
  const missing = [file, keyFile, values.checkpoint].find(path => path !== undefined && !existsSync(path));
  if (missing !== undefined) {
    console.error(`wardkey: there is no ${missing}`);
    return 1;
  }
  const key = keyFile === undefined ? undefined : readTrailKey(keyFile);
  if (keyFile !== undefined && key === undefined) {
    console.error(`wardkey: ${keyFile} holds no key of a trail`);
    return 1;
  }
  const kept = values.checkpoint === undefined ? undefined : readFileSync(values.checkpoint, "utf8");
  const witness = { key, kept };
  const verdict =
    postgresql === undefined ? verifyTrailFile(store, witness) : await verifyTrailDatabase(postgresql, witness);
  console.log(values.json ? JSON.stringify(verdict) : inWords(verdict));
  return verdict.intact ? 0 : 1;
}

function inWords(verdict: TrailVerdict): string {
  if (verdict.intact) {
    const { records, head, root, checkpoints, sealed, signatures, keptSize } = verdict;
    return [
      `${records} records, intact; head ${head}, root ${root}`,
      `${checkpoints} checkpoints cover ${sealed} of them; ${signatures === "checked" ? "their signatures are good" : "no key at hand: signatures not looked at"}`,
      ...(keptSize === undefined ? [] : [`the checkpoint kept elsewhere agrees, at ${keptSize} records`]),
    ].join("\n");
  }
  const { check, problem, sequence, checkpoint, records } = verdict;
  const where = checkpoint === undefined ? "" : `, checkpoint ${checkpoint}`;
  return `${check}: ${problem} at record ${sequence}${where}; the chain of the ${records} records before it holds`;
}
