import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { verifyTrailFile } from "../../../broker/audit/trail-file.ts";
import { openTrailKey } from "../../../broker/audit/trail-key.ts";
import { Store } from "../../../broker/store/store.ts";
import { appendTrail, sha256 } from "../../../broker/store/trail-table.ts";
import { sealTrail } from "../../../broker/store/trail-tree-table.ts";
import { concatBytes } from "../../../core/bytes/bytes.ts";
import type { TrailRecord } from "../../../core/trail/trail-record.ts";
import { killUnderLoad } from "../../fixtures/killed-broker.ts";
import { flipBits, makeTrail } from "../../fixtures/tampered-trail.ts";

const help = `npm run bench -- trail [--seconds N] [--records N] [--flips N] [--kills N] [--json]

  appends   durable records a second, 32 writers at once, against single-row commits of SQLite to the same disk (at least 3 times)
  verifies  the whole verdict against a bare SHA-256 loop over the same bytes (at least half as fast)
  flips     single bits of the trail's content, each of which must be found (10,000)
  kills     kill -9 of a broker under load: nothing acknowledged lost, nothing doubled (20; the whole measure is 500)
Leaves with 0 where all of it holds.`;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
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

const writers = 32;
const folder = mkdtempSync(join(tmpdir(), "wardkey-bench-trail-"));
const record = (at: number): TrailRecord => ({
  at,
  act: "application-launched",
  holder: "899700218896",
  means: "card-pin",
  assurance: "high",
  workstation: "01934a5e-1111-7000-8000-0000000000aa",
  place: "cardiology",
  session: "01934a5e-2222-7000-8000-0000000000bb",
  application: "record",
  policy: "nurses-on-their-ward",
});

/** How many times a second `act` resolves, `atOnce` of them at the same time. */
async function rate(atOnce: number, seconds: number, act: () => unknown): Promise<number> {
  const from = performance.now();
  const until = from + seconds * 1000;
  let count = 0;
  const work = async () => {
    while (performance.now() < until) {
      await act();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return count / ((performance.now() - from) / 1000);
}

async function measureAppends(seconds: number) {
  const plain = new DatabaseSync(join(folder, "plain.sqlite"));
  plain.exec("pragma journal_mode = wal; pragma synchronous = full; create table row (at integer, text text)");
  const insert = plain.prepare("insert into row values (?, ?)");
  const text = JSON.stringify(record(1));
  const store = await Store.open(join(folder, "appends.sqlite"));
  const commit = () => void insert.run(1, text);
  const append = () => store.write(tx => appendTrail(tx, record(1)));
  await rate(writers, 0.5, append);
  // By turns, since the disk has other users.
  const turns = 3;
  let [commits, appends] = [0, 0];
  for (let turn = 0; turn < turns; turn += 1) {
    commits += (await rate(1, seconds / turns, commit)) / turns;
    appends += (await rate(writers, seconds / turns, append)) / turns;
  }
  plain.close();
  await store.close();
  return { commitsPerSecond: commits, appendsPerSecond: appends, ratio: appends / commits };
}

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
  const [bareMs, verifyMs] = [median(bare), median(verified)];
  return { records, bareMs, verifyMs, ratio: bareMs / verifyMs };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
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
  const appends = await measureAppends(Number(values.seconds));
  const verification = await measureVerification(Number(values.records));
  const flips = await measureFlips(Number(values.flips));
  const kills = Number(values.kills) > 0 ? await killUnderLoad(Number(values.kills), tellRound) : undefined;
  const good =
    appends.ratio >= 3 &&
    verification.ratio >= 0.5 &&
    flips.missed === 0 &&
    (kills === undefined || (kills.lost === 0 && kills.doubled === 0 && kills.verdict.intact));
  if (values.json) console.log(JSON.stringify({ good, appends, verification, flips, kills }));
  else {
    const { commitsPerSecond, appendsPerSecond } = appends;
    console.log(
      [
        `appends   ${appendsPerSecond.toFixed(0)}/s with ${writers} writers, SQLite commits ${commitsPerSecond.toFixed(0)}/s: ${appends.ratio.toFixed(2)} times`,
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
