import { asFailure } from "../../core/errors/failure.ts";
import type { UnreadableEntry } from "../../protocol/broker/console/directory-view.ts";
import { copyDirectory } from "../store/copy-directory.ts";
import { directorySourceStateOf } from "../store/directory-source-table.ts";
import { Store } from "../store/store.ts";
import type { DirectoryConfiguration } from "./directory-configuration.ts";
import { openSource } from "./open-source.ts";
import type { StagedChange } from "./staged-change.ts";
import { takeIn } from "./take-in.ts";

/** What a look at everything that a source has would come to. */
export type SourceDryRun =
  | {
      readonly source: string;
      readonly outcome: "taken";
      readonly change: StagedChange;
      /** What would stay as it is known. */
      readonly unreadable: readonly UnreadableEntry[];
    }
  | { readonly source: string; readonly outcome: "refused"; readonly code: string; readonly detail: string };

/**
 * Reads every source that is looked at whole now, into a copy of the directory in memory, which `after` sees at the end: the store itself is only read.
 */
export async function directoryDryRun<Result>(
  store: Store,
  configuration: DirectoryConfiguration,
  now: number,
  after: (copy: Store) => Promise<Result>,
): Promise<{ readonly sources: readonly SourceDryRun[]; readonly result: Result }> {
  const copy = await Store.open(":memory:");
  try {
    await copyDirectory(store.db, copy);
    const sources: SourceDryRun[] = [];
    for (const one of configuration.sources) {
      const source = openSource(one);
      // Its client writes when it likes: what it wrote is in the copy.
      if (source === undefined) continue;
      try {
        const signal = new AbortController().signal;
        const reading = await source.read(undefined, signal);
        if (!("entries" in reading)) throw new Error(`${one.id} has nothing to show when it is asked for everything`);
        const change = await takeIn(copy, one.id, reading, { now, signal });
        const { unreadable = [] } = await directorySourceStateOf(copy.db, one.id);
        sources.push({ source: one.id, outcome: "taken", change, unreadable });
      } catch (problem) {
        const { code, detail = "" } = asFailure(problem);
        sources.push({ source: one.id, outcome: "refused", code, detail });
      }
    }
    return { sources, result: await after(copy) };
  } finally {
    await copy.close();
  }
}
