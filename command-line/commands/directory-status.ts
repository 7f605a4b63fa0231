import { directoryConflicts, directoryOverview } from "../../broker/services/directory-overview.ts";
import type { DirectorySourceView } from "../../protocol/broker/console/directory-view.ts";
import { withBrokerStore } from "../broker-store.ts";
import { configCommand } from "../config-command.ts";
import { conflictLines } from "../directory/conflict-lines.ts";
import { unreadableLines } from "../directory/unreadable-lines.ts";

const help = `wardkey directory status --config FILE [--json]

The sources of the directory of the broker whose configuration is FILE, and holders whose entries do not fit together. A source is
  good   its last look counted
  late   its last look failed or was not believed; what was known before counts
  none   it has never been read
Leaves with 0 where every source is good, with 1 where one is not: made for a monitor to call.`;

/** `wardkey directory status`. */
export function directoryStatus(words: string[]): Promise<number> {
  return configCommand(words, help, async (config, json) => {
    const now = Date.now();
    const { required, sources, conflicts, more } = await withBrokerStore(config, async (configuration, store) => ({
      ...(await directoryOverview(store.db, configuration.directory, now)),
      ...(await directoryConflicts(store.db)),
    }));
    const aged = sources.map(source => ({ ...source, ageSeconds: ageOf(source, now) }));
    if (json) console.log(JSON.stringify({ required, sources: aged, conflicts, moreConflicts: more }));
    else console.log([...aged.map(line), ...conflictLines(conflicts, more)].join("\n"));
    return sources.every(({ health }) => health === "good") ? 0 : 1;
  });
}

function ageOf({ readAt }: DirectorySourceView, now: number): number | undefined {
  return readAt === undefined ? undefined : Math.round((now - readAt) / 1000);
}

function line({
  id,
  kind,
  health,
  persons,
  ageSeconds,
  trouble,
  unreadable,
}: DirectorySourceView & { ageSeconds?: number | undefined }) {
  const age = ageSeconds === undefined ? "never read" : `${persons} persons, read ${ageSeconds} s ago`;
  const why = trouble === undefined ? "" : `\n        ${trouble.code}, ${trouble.failures} times: ${trouble.detail}`;
  return [`  ${health.padEnd(5)} ${id} (${kind}): ${age}${why}`, ...unreadableLines(unreadable)].join("\n");
}
