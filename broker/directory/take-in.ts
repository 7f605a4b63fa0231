import { Failure } from "../../core/errors/failure.ts";
import {
  clearStaged,
  countLost,
  countPersons,
  dropPortion,
  firstStaged,
  type StagedPosition,
  saveSourceState,
  sourceState,
  stage,
  takeOverPortion,
} from "../store/directory-table.ts";
import type { Store } from "../store/store.ts";
import type { DirectoryEntry, DirectoryReading } from "./directory-entry.ts";
import type { DirectorySourceState } from "./source-state.ts";

const stagedAtOnce = 500;
/** A look that takes away more than this share of a source's persons, and more than a handful, is not believed by itself. */
const mostLost = 0.2;
const handful = 10;

/**
 * Takes in what a source brought: staged whole first, so that a source that breaks off, or a line that cannot be read, changes
 * nothing; then taken over in small portions. Answers holders whose entries have changed. Rejects with `directory-shrunk`, and
 * with what the reading rejects with.
 */
export async function takeIn(
  store: Store,
  source: string,
  reading: DirectoryReading,
  now: number,
): Promise<ReadonlySet<string>> {
  await store.write(tx => clearStaged(tx, source));
  await stageAll(store, source, reading.entries);
  const everything = reading.extent === "everything";
  const before = await sourceState(store.db, source);
  if (everything && before.lossAccepted !== true) await refuseShrinking(store, source);
  const touched = new Set<string>();
  const add = (holders: readonly string[]) => {
    for (const holder of holders) touched.add(holder);
  };
  for (let dropped = everything ? 1 : 0; dropped > 0; ) {
    const portion = await store.write(tx => dropPortion(tx, source));
    add(portion.holders);
    dropped = portion.dropped;
  }
  for (let from: StagedPosition | undefined = firstStaged; from !== undefined; ) {
    const position: StagedPosition = from;
    const portion = await store.write(tx => takeOverPortion(tx, source, position));
    add(portion.holders);
    from = portion.next;
  }
  await store.write(async tx => {
    await clearStaged(tx, source);
    const watermark = reading.watermark() ?? before.watermark;
    const state: DirectorySourceState = {
      readAt: now,
      persons: await countPersons(tx, source),
      ...(watermark === undefined ? {} : { watermark }),
      ...(everything ? { everythingAt: now } : { everythingAt: before.everythingAt }),
    };
    await saveSourceState(tx, source, state);
  });
  return touched;
}

async function stageAll(store: Store, source: string, entries: AsyncIterable<DirectoryEntry>): Promise<void> {
  let waiting: DirectoryEntry[] = [];
  for await (const entry of entries) {
    waiting.push(entry);
    if (waiting.length < stagedAtOnce) continue;
    const portion = waiting;
    waiting = [];
    await store.write(tx => stage(tx, source, portion));
  }
  await store.write(tx => stage(tx, source, waiting));
}

async function refuseShrinking(store: Store, source: string): Promise<void> {
  const { active, lost } = await countLost(store.db, source);
  if (lost > handful && lost > active * mostLost)
    throw new Failure("directory-shrunk", { detail: `${source}: ${lost} of ${active} persons are not there any more` });
}
