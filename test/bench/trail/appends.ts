import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openEngine } from "../../../broker/store/engine/open-engine.ts";
import { Store } from "../../../broker/store/store.ts";
import { appendTrail } from "../../../broker/store/trail-table.ts";
import { PostgresqlServer } from "../../fixtures/postgresql-server.ts";
import { quantile } from "../quantile.ts";
import { record } from "./record.ts";

const writers = 32;
const roundMs = 300;
/** On a disk, whereas temporary folders may be in memory, where nothing is ever synchronised. */
const disk = "/var/tmp";
const inMemory = 0x01021994;

export interface Appends {
  /** Medians. */
  readonly commitsPerSecond: number;
  readonly appendsPerSecond: number;
  readonly ratio: number;
  /** Of each round, the least first. */
  readonly ratios: readonly number[];
}

/** Durable records a second of many writers against single-row commits of SQLite, by turns, since the disk has other users. */
export async function measureAppends(rounds: number): Promise<{ sqlite: Appends; postgresql: Appends }> {
  if (statfsSync(disk).type === inMemory) throw new Error(`${disk} is no disk: nothing there survives a power cut`);
  const folder = mkdtempSync(join(disk, "wardkey-bench-appends-"));
  const server = await PostgresqlServer.start({ folder, settings: ["fsync=on"] });
  const plain = new DatabaseSync(join(folder, "plain.sqlite"));
  try {
    plain.exec("pragma journal_mode = wal; pragma synchronous = full; create table row (at integer, text text)");
    const insert = plain.prepare("insert into row values (?, ?)");
    const text = JSON.stringify(record(1));
    const commit = () => void insert.run(1, text);
    const postgresql = { address: server.address(server.newDatabase()) };
    return {
      sqlite: await compare(rounds, commit, await Store.open(join(folder, "appends.sqlite"))),
      postgresql: await compare(
        rounds,
        commit,
        await Store.open(await openEngine({ store: "", postgresql }, "broker")),
      ),
    };
  } finally {
    plain.close();
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(rounds: number, commit: () => void, store: Store): Promise<Appends> {
  const append = () => store.write(tx => appendTrail(tx, record(1)));
  await rate(writers, 2 * roundMs, append);
  const [commits, appends, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    const [committed, appended] = [await rate(1, roundMs, commit), await rate(writers, roundMs, append)];
    commits.push(committed);
    appends.push(appended);
    ratios.push(appended / committed);
  }
  await store.close();
  ratios.sort((a, b) => a - b);
  return {
    commitsPerSecond: quantile(commits, 0.5),
    appendsPerSecond: quantile(appends, 0.5),
    ratio: quantile(ratios, 0.5),
    ratios,
  };
}

/** How many times a second `act` resolves, `atOnce` of them at the same time. */
async function rate(atOnce: number, ms: number, act: () => unknown): Promise<number> {
  const from = performance.now();
  let count = 0;
  const work = async () => {
    while (performance.now() < from + ms) {
      await act();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return count / ((performance.now() - from) / 1000);
}

export function appendsInWords(engine: string, { commitsPerSecond, appendsPerSecond, ratio, ratios }: Appends): string {
  const [least = 0, most = 0] = [ratios[0], ratios.at(-1)];
  return (
    `appends   ${engine}: ${appendsPerSecond.toFixed(0)}/s with ${writers} writers, single commits of SQLite ${commitsPerSecond.toFixed(0)}/s: ` +
    `${ratio.toFixed(1)} times (${least.toFixed(1)} to ${most.toFixed(1)} in ${ratios.length} rounds)`
  );
}
