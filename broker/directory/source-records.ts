import type { Failure } from "../../core/errors/failure.ts";
import { directorySourceStateOf, saveDirectorySourceState } from "../store/directory-source-table.ts";
import { countPersons } from "../store/directory-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { ShrunkSource } from "./shrunk-source.ts";
import type { DirectorySourceState } from "./source-state.ts";

/** What a look that counted has to say of its source; absent members stay as they were. */
export interface Answered {
  readonly watermark?: string | undefined;
  readonly everythingAt?: number;
  readonly unreadable?: DirectorySourceState["unreadable"];
}

/** The source answered, and what it brought is in the store: its trouble is over, recorded. */
export async function recordAnswered(tx: Writing, source: string, answered: Answered, now: number): Promise<void> {
  const before = await directorySourceStateOf(tx, source);
  const { watermark = before.watermark, everythingAt = before.everythingAt, unreadable = before.unreadable } = answered;
  await saveDirectorySourceState(tx, source, {
    readAt: now,
    persons: await countPersons(tx, source),
    watermark,
    everythingAt,
    unreadable,
  });
  if (before.trouble !== undefined)
    await appendTrail(tx, { at: now, act: "directory-source-recovered", detail: `${source}: ${before.trouble.code}` });
}

/** The source failed, or was not believed: recorded when that is new. Answers how many times in a row. */
export async function recordFailed(store: Store, source: string, failure: Failure, now: number): Promise<number> {
  return store.write(async tx => {
    const before = await directorySourceStateOf(tx, source);
    const { code } = failure;
    const detail = failure.detail ?? "";
    const same = before.trouble?.code === code ? before.trouble : undefined;
    const failures = (before.trouble?.failures ?? 0) + 1;
    const lost = failure instanceof ShrunkSource ? { lost: failure.losing } : {};
    // An acceptance that was not enough is spent: the next one is for what is lost now.
    const { lossAccepted, ...rest } = before;
    const kept = failure instanceof ShrunkSource ? {} : { lossAccepted };
    const trouble = { code, detail, since: same?.since ?? now, failures, ...lost };
    await saveDirectorySourceState(tx, source, { ...rest, ...kept, trouble });
    if (same === undefined)
      // It may name the entry that cannot be read: as a whole it names somebody, then.
      await appendTrail(tx, { at: now, act: "directory-source-failed", code, detail: `${source}: ${detail}` }, [
        detail,
      ]);
    return failures;
  });
}
