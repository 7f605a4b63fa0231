import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { isSegmentFile, verifySegmentFile } from "../../broker/audit/read-segment.ts";
import { verifyTrailDatabase } from "../../broker/audit/trail-database.ts";
import { verifyTrailFile } from "../../broker/audit/trail-file.ts";
import { readTrailKey, trailKeyFile } from "../../broker/audit/trail-key.ts";
import { type BrokerConfiguration, readConfiguration } from "../../broker/main/configuration.ts";
import { isPostgresqlAddress } from "../../broker/store/engine/postgresql-address.ts";
import type { SegmentVerdict } from "../../core/trail/verify-segment.ts";
import type { TrailVerdict, TrailWitness } from "../../core/trail/verify-trail.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey audit verify [--json] [--key FILE] [--checkpoint FILE] (STORE | SEGMENT | --config FILE)

Verifies the trail in STORE, the broker's file or a PostgreSQL database (postgresql://…), or in the store of the broker whose
configuration is FILE, which may be running: every record changed, removed, inserted, doubled or swapped is found, with its
place, and so is a checkpoint that was not signed over these records. Segments that were archived and removed are listed; records
that are gone without the trail saying so are found. Or verifies SEGMENT, an archived segment's file.
  --key FILE         the public key of the trail; where this is not given, the one beside the broker's file. Without any, signatures are not looked at
  --checkpoint FILE  a checkpoint that was kept elsewhere: finds a cut tail and an older file that was put back. An archived segment's
                     file stands for the checkpoint at its end: so it is compared with the store
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
  const kept = values.checkpoint === undefined ? undefined : await keptCheckpoint(values.checkpoint);
  const verdict = await verdictOn({ store, postgresql }, { key, kept });
  console.log(values.json ? JSON.stringify(verdict) : inWords(verdict));
  return verdict.intact ? 0 : 1;
}

async function verdictOn(
  { store, postgresql }: TrailPlace,
  witness: TrailWitness,
): Promise<TrailVerdict | SegmentVerdict> {
  if (postgresql !== undefined) return verifyTrailDatabase(postgresql, witness);
  return (await isSegmentFile(store)) ? verifySegmentFile(store, witness) : verifyTrailFile(store, witness);
}

/** The note in the file; of an archived segment the one in its last line, as it says itself. */
async function keptCheckpoint(file: string): Promise<string> {
  if (!(await isSegmentFile(file))) return readFileSync(file, "utf8");
  const verdict = await verifySegmentFile(file);
  // What does not even agree with itself is no checkpoint.
  return verdict.intact ? verdict.seal : "";
}

function inWords(verdict: TrailVerdict | SegmentVerdict): string {
  if (!verdict.intact) {
    const { check, problem, sequence, checkpoint } = verdict;
    const where = checkpoint === undefined ? "" : `, checkpoint ${checkpoint}`;
    const before = "records" in verdict ? `; the chain of the ${verdict.records} records before it holds` : "";
    return `${check}: ${problem} at record ${sequence}${where}${before}`;
  }
  const { head, root, signatures, keptSize } = verdict;
  const signed = signatures === "checked" ? "their signatures are good" : "no key at hand: signatures not looked at";
  return [
    ...("seal" in verdict
      ? [
          `segment ${verdict.number} of ${verdict.origin}: records ${verdict.first} to ${verdict.last}, intact; head ${head}, root ${root}; ${signed}`,
        ]
      : [
          `${verdict.records} records, intact; head ${head}, root ${root}`,
          ...removedInWords(verdict),
          `${verdict.checkpoints} checkpoints cover ${verdict.sealed} of them; ${signed}`,
        ]),
    ...(keptSize === undefined ? [] : [`the checkpoint kept elsewhere agrees, at ${keptSize} records`]),
  ].join("\n");
}

function removedInWords({ removed, removals = [] }: Extract<TrailVerdict, { intact: true }>): string[] {
  if (removed === undefined) return [];
  return [
    `the records up to ${removed} were removed:`,
    ...removals.map(
      ({ number, first, last, record, file, fileHash }) =>
        `  segment ${number}, records ${first} to ${last}, by record ${record}; ${file}, SHA-256 ${fileHash}`,
    ),
  ];
}
