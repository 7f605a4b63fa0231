import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { verifyTrailFile } from "../../../broker/audit/trail-file.ts";
import { openTrailKey } from "../../../broker/audit/trail-key.ts";
import { Store } from "../../../broker/store/store.ts";
import { appendTrail, sha256 } from "../../../broker/store/trail-table.ts";
import { sealTrail } from "../../../broker/store/trail-tree-table.ts";
import { concatBytes } from "../../../core/bytes/bytes.ts";
import { killUnderLoad } from "../../fixtures/killed-broker.ts";
import { flipBits, makeTrail } from "../../fixtures/tampered-trail.ts";
import { median } from "../quantile.ts";
import { appendsInWords, measureAppends } from "./appends.ts";
import { record } from "./record.ts";

const help = `npm run bench -- trail [--rounds N] [--records N] [--flips N] [--kills N] [--json]

  appends   durable records a second, 32 writers at once, against single-row commits of SQLite to the same disk, by turns: the
            median of the rounds (at least 3 times); and the same on PostgreSQL, for comparison
  verifies  the whole verdict against a bare SHA-256 loop over the same bytes (at least half as fast)
  flips     single bits of the trail's content, each of which must be found (10,000)
  kills     kill -9 of a broker under load: nothing acknowledged lost, nothing doubled (20; the whole measure is 500)
Leaves with 0 where all of it holds.`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    records: { type: "string", default: "100000" },
    flips: { type: "string", default: "10000" },
    kills: { type: "string", default: "20" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), "wardkey-bench-trail-"));

async function measureVerification(records: number) {
  const file = join(folder, "verified.sqlite");
  const key = openTrailKey(file, "bench/trail");
  const store = await Store.open(file);
  for (let done = 0; done < records; done += 1000)
    await store.write(async tx => {
      for (let at = done; at < Math.min(done + 1000, records); at += 1) await appendTrail(tx, record(at));
    });
  while ((await store.write(tx => sealTrail(tx, key))) !== undefined);
  const rows = await store.db.selectFrom("trail_record").selectAll().orderBy("sequence").execute();
  await store.close();
  // What a verdict hashes: each record in the chain and as a leaf, and two hashes for each node above.
  const chained = rows.map(({ sequence, text }) => Buffer.from(`${" ".repeat(32)}\n${sequence}\n${text}`));
  const leaves = rows.map(({ sequence, text, hash }) => Buffer.from(`\0${hash}\n${sequence}\n${text}`));
  const node = concatBytes(Uint8Array.of(1), new Uint8Array(64));
  const [bare, verified] = [[] as number[], [] as number[]];
  // By turns, since the machine has other users.
  for (let round = 0; round < 15; round += 1) {
    let from = performance.now();
    for (const [index, bytes] of chained.entries()) {
      sha256(bytes);
      sha256(leaves[index] ?? bytes);
      sha256(node);
    }
    bare.push(performance.now() - from);
    from = performance.now();
    const verdict = verifyTrailFile(file, { key });
    verified.push(performance.now() - from);
    if (!verdict.intact || verdict.records !== records) throw new Error(`not intact: ${JSON.stringify(verdict)}`);
  }
  const ratio = median(bare.map((ms, round) => ms / (verified[round] ?? Number.NaN)));
  return { records, bareMs: median(bare), verifyMs: median(verified), ratio };
}

async function measureFlips(flips: number) {
  const file = join(folder, "flipped.sqlite");
  const { missed } = flipBits(file, await makeTrail(file, join(folder, "older.sqlite")), flips);
  return { flips, missed: missed.length };
}

/** A long measure tells how far it is. */
function tellRound(round: number): void {
  if (round % 25 === 0 && !values.json) console.log(`          ${round} kills`);
}

try {
  const appends = await measureAppends(Number(values.rounds));
  const verification = await measureVerification(Number(values.records));
  const flips = await measureFlips(Number(values.flips));
  const kills = Number(values.kills) > 0 ? await killUnderLoad(Number(values.kills), tellRound) : undefined;
  const good =
    appends.sqlite.ratio >= 3 &&
    verification.ratio >= 0.5 &&
    flips.missed === 0 &&
    (kills === undefined || (kills.lost === 0 && kills.doubled === 0 && kills.verdict.intact));
  if (values.json) console.log(JSON.stringify({ good, appends, verification, flips, kills }));
  else {
    console.log(
      [
        appendsInWords("SQLite", appends.sqlite),
        appendsInWords("PostgreSQL", appends.postgresql),
        `verifies  ${verification.records} records in ${verification.verifyMs.toFixed(0)} ms, bare hashing ${verification.bareMs.toFixed(0)} ms: ${verification.ratio.toFixed(2)}`,
        `flips     ${flips.missed} of ${flips.flips} not found`,
        ...(kills === undefined
          ? []
          : [
              `kills     ${values.kills}: of ${kills.acknowledged} acknowledged, ${kills.lost} lost, ${kills.doubled} doubled; trail ${kills.verdict.intact ? "intact" : "broken"}`,
            ]),
        good ? "good" : "NOT GOOD",
      ].join("\n"),
    );
  }
  process.exitCode = good ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
