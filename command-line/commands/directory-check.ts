import { directoryDryRun, type SourceDryRun } from "../../broker/directory/directory-dry-run.ts";
import { directoryConflicts } from "../../broker/services/directory-overview.ts";
import { withBrokerStore } from "../broker-store.ts";
import { configCommand } from "../config-command.ts";
import { conflictLines } from "../directory/conflict-lines.ts";
import { unreadableLines } from "../directory/unreadable-lines.ts";

const help = `wardkey directory check --config FILE [--json]

Reads every source of the directory whole, now, and says what a look at it would change, and which holders' entries would not fit
together then. Writes nothing. FILE is the broker's, which may run meanwhile.
Leaves with 0 where every source would be taken over, with 1 where one would not.`;

/** `wardkey directory check`. */
export function directoryCheck(words: string[]): Promise<number> {
  return configCommand(words, help, async (config, json) => {
    const { sources, result } = await withBrokerStore(config, ({ directory }, store) =>
      directoryDryRun(store, directory, Date.now(), copy => directoryConflicts(copy.db)),
    );
    const { conflicts, more } = result;
    if (json) console.log(JSON.stringify({ sources, conflicts, moreConflicts: more }));
    else console.log([...sources.map(line), ...conflictLines(conflicts, more)].join("\n"));
    return sources.every(({ outcome }) => outcome === "taken") ? 0 : 1;
  });
}

function line(run: SourceDryRun): string {
  if (run.outcome === "refused") return `  ${run.source}: ${run.code}: ${run.detail}`;
  const { added, changed, gone, losing } = run.change;
  const outcome = `  ${run.source}: ${added} added, ${changed} changed, ${gone} gone; ${losing} persons not active any more`;
  return [outcome, ...unreadableLines(run.unreadable)].join("\n");
}
