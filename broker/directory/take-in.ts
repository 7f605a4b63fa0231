import { directorySourceStateOf } from "../store/directory-source-table.ts";
import {
  clearStaged,
  firstStaged,
  losePortion,
  type StagedChange,
  type StagedPosition,
  stagedChange,
  stageEntries,
  takeOverPortion,
} from "../store/directory-staging-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { DirectoryEntry, DirectoryReading } from "./directory-entry.ts";
import { ShrunkSource } from "./shrunk-source.ts";
import { recordAnswered } from "./source-records.ts";

export type Brought = Extract<DirectoryReading, { extent: "everything" | "changes" }>;

const stagedAtOnce = 500;
/** A look that takes away more than this share of a source's persons, and more than a handful, is not believed by itself. */
const mostLost = 0.2;
const handful = 10;

/**
 * Takes in what a source brought: staged whole first, so that a source that breaks off, or a line that cannot be read, changes
 * nothing; then recorded, and taken over in small portions. What a crash leaves half taken over, the next look completes: its
 * watermark is written last. `signal` breaks it off between portions. Answers what has changed. Rejects with `directory-shrunk`, and with what the reading rejects with.
 */
export async function takeIn(
  store: Store,
  source: string,
  reading: Brought,
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<StagedChange> {
  await store.write(tx => clearStaged(tx, source));
  await stageAll(store, source, reading.entries);
  const everything = reading.extent === "everything";
  const change = await stagedChange(store.db, source, everything);
  const { lossAccepted = 0 } = await directorySourceStateOf(store.db, source);
  refuseShrinking(change, lossAccepted);
  if (change.added + change.changed + change.gone > 0) await recordChange(store, source, change, now);
  for (let more = everything; more; ) {
    signal.throwIfAborted();
    more = await store.write(tx => losePortion(tx, source));
  }
  for (let from: StagedPosition | undefined = firstStaged; from !== undefined; ) {
    signal.throwIfAborted();
    const position: StagedPosition = from;
    from = await store.write(tx => takeOverPortion(tx, source, position));
  }
  await store.write(async tx => {
    await clearStaged(tx, source);
    const watermark = reading.watermark();
    await recordAnswered(tx, source, everything ? { watermark, everythingAt: now } : { watermark }, now);
  });
  return change;
}

async function stageAll(store: Store, source: string, entries: AsyncIterable<DirectoryEntry>): Promise<void> {
  let waiting: DirectoryEntry[] = [];
  const flush = async () => {
    const portion = waiting;
    waiting = [];
    await store.write(tx => stageEntries(tx, source, portion));
  };
  for await (const entry of entries) {
    waiting.push(entry);
    if (waiting.length >= stagedAtOnce) await flush();
  }
  await flush();
}

function refuseShrinking({ active, losing }: StagedChange, accepted: number): void {
  if (losing <= Math.max(handful, active * mostLost, accepted)) return;
  throw new ShrunkSource(losing, active);
}

/** Counts, and no names: who they are is in the directory. */
async function recordChange(store: Store, source: string, change: StagedChange, now: number): Promise<void> {
  const { added, changed, gone, losing } = change;
  const detail = `${source}: ${added} added, ${changed} changed, ${gone} gone; ${losing} persons not active any more`;
  await store.write(tx => appendTrail(tx, { at: now, act: "directory-synced", detail }));
}
