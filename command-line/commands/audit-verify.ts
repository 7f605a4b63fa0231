import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { verifyTrailFile } from "../../broker/audit/trail-file.ts";
import { readTrailKey, trailKeyFile } from "../../broker/audit/trail-key.ts";
import type { TrailVerdict } from "../../core/trail/verify-trail.ts";

const help = `wardkey audit verify [--json] [--key FILE] [--checkpoint FILE] STORE

Verifies the trail in STORE, the broker's file: every record changed, removed, inserted, doubled or swapped is found, with its
place, and so is a checkpoint that was not signed over these records.
  --key FILE         the public key of the trail; STORE.trail-key.pub where this is not given. Without any, signatures are not looked at
  --checkpoint FILE  a checkpoint that was kept elsewhere: finds a cut tail and an older file that was put back
Leaves with 0 where the trail is intact, with 1 where it is not.`;

/** `wardkey audit verify`. */
export async function auditVerify(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      key: { type: "string" },
      checkpoint: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  const keyFile = values.key ?? (existsSync(trailKeyFile(file)) ? trailKeyFile(file) : undefined);
  const missing = [file, keyFile, values.checkpoint].find(named => named !== undefined && !existsSync(named));
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
  const verdict = verifyTrailFile(file, { key, kept });
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
