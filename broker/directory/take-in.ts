import { Failure } from "../../core/errors/failure.ts";
import { directorySourceStateOf } from "../store/directory-source-table.ts";
import {
  clearStaged,
  type EntryPlace,
  knownPortions,
  lose,
  stagedPortions,
  stageEntries,
  stageKnown,
  takeOver,
} from "../store/directory-staging-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { type BroughtEntry, type DirectoryReading, directoryEntry } from "./directory-entry.ts";
import { ShrunkSource } from "./shrunk-source.ts";
import { recordAnswered } from "./source-records.ts";
import { type StagedChange, stagedChange } from "./staged-change.ts";
import { UnreadableEntries } from "./unreadable-entries.ts";

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
  const everything = reading.extent === "everything";
  const { unreadable } = await directorySourceStateOf(store.db, source);
  const odd = new UnreadableEntries(everything ? [] : unreadable);
  await stageAll(store, source, reading.entries, odd, now);
  const change = await stagedChange(store.db, source, everything);
  // It may have been accepted meanwhile.
  const { lossAccepted = 0 } = await directorySourceStateOf(store.db, source);
  refuseShrinking(change, lossAccepted);
  if (change.added + change.changed + change.gone > 0) await recordChange(store, source, change, now);
  if (everything)
    for await (const portion of knownPortions(store.db, source)) {
      const gone = portion.filter(({ standing, isStaged }) => !isStaged && standing !== "gone");
      await inPortions(gone, left => store.write(tx => lose(tx, source, left)), signal);
    }
  for await (const portion of stagedPortions(store.db, source)) {
    const differing = portion.filter(({ same }) => !same);
    await inPortions(differing, left => store.write(tx => takeOver(tx, source, left)), signal);
  }
  await store.write(async tx => {
    await clearStaged(tx, source);
    const watermark = reading.watermark();
    const answered = { watermark, unreadable: odd.list, ...(everything ? { everythingAt: now } : {}) };
    await recordAnswered(tx, source, answered, now);
  });
  return change;
}

/** Before anything counts: what does not fit would break the taking over half-way. */
function fitting(entry: BroughtEntry): BroughtEntry {
  if (entry.kind === "gone" || entry.kind === "unreadable") return entry;
  const { success, data, error } = directoryEntry.safeParse(entry);
  if (success) return data;
  const [issue] = error.issues;
  const detail = `${entry.kind} “${entry.key}”, ${issue?.path.join(".")}: ${issue?.message}`;
  throw new Failure("directory-data-unreadable", { detail });
}

/** Writes until nothing is left, each time a portion. */
async function inPortions(
  places: readonly EntryPlace[],
  write: (left: readonly EntryPlace[]) => Promise<readonly EntryPlace[]>,
  signal: AbortSignal,
): Promise<void> {
  for (let left = places; left.length > 0; ) {
    signal.throwIfAborted();
    left = await write(left);
  }
}

async function stageAll(
  store: Store,
  source: string,
  entries: AsyncIterable<BroughtEntry>,
  odd: UnreadableEntries,
  now: number,
): Promise<void> {
  let waiting: BroughtEntry[] = [];
  const keys = (portion: readonly BroughtEntry[], kind: "gone" | "unreadable") =>
    portion.filter(entry => entry.kind === kind).map(({ key }) => key);
  const flush = async () => {
    const portion = waiting;
    waiting = [];
    await store.write(async tx => {
      await stageEntries(tx, source, portion, now);
      await stageKnown(tx, source, keys(portion, "gone"), "gone");
      await stageKnown(tx, source, keys(portion, "unreadable"), "as-it-was");
    });
  };
  for await (const entry of entries) {
    odd.saw(entry);
    waiting.push(fitting(entry));
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
