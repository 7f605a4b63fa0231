import type { Clock } from "../../core/ports/clock.ts";
import type { HolderActivities } from "../../core/ports/holder-activities.ts";
import type { Log } from "../../core/ports/log.ts";
import { embeddedSource } from "../../protocol/broker/console/directory-view.ts";
import { directorySourceStates } from "../store/directory-source-table.ts";
import type { Store } from "../store/store.ts";
import { directoryActivities } from "./directory-activities.ts";
import type { DirectoryConfiguration } from "./directory-configuration.ts";
import { endAccounts } from "./end-accounts.ts";
import { openSource } from "./open-source.ts";
import { removeOtherSources } from "./remove-sources.ts";
import { SourceKeeper } from "./source-keeper.ts";

export interface DirectoryParts {
  readonly configuration: DirectoryConfiguration;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** The directory at work. */
export interface Directory {
  readonly activities: HolderActivities;
  /** Begins to look at the sources. `onChange`: entries have changed; told when they are in the store. */
  watch(onChange: () => Promise<void>): void;
  /** Ends what is being read, and what is being written. */
  close(): Promise<void>;
}

/** How often it is asked which source is due; a look itself comes when its source's interval has passed. */
const tickMs = 250;

/** Opens the directory; entries of sources that are not configured any more are gone when this ends. */
export async function openDirectory({ configuration, store, clock, log }: DirectoryParts): Promise<Directory> {
  const ids = configuration.sources.map(({ id }) => id);
  await removeOtherSources(store, [embeddedSource, ...ids], clock.now());
  let keepers: readonly SourceKeeper[] = [];
  let timer: NodeJS.Timeout | undefined;
  const tick = async (onEnded: () => Promise<void>) => {
    if (await endAccounts(store, clock.now())) await onEnded();
    // An acceptance may come from a command line beside this broker.
    const states = await directorySourceStates(store.db);
    for (const keeper of keepers) {
      const { trouble, lossAccepted } = states.get(keeper.id) ?? {};
      if (trouble?.code === "directory-shrunk" && lossAccepted !== undefined) keeper.hurry();
      keeper.tick();
    }
  };
  return {
    activities: directoryActivities(store.db),
    watch(onChange) {
      const told = () => onChange().catch(error => log.warn("sessions-unchecked", { detail: String(error) }));
      keepers = configuration.sources
        .map(openSource)
        .filter(source => source !== undefined)
        .map(source => new SourceKeeper({ source, store, clock, log, random: Math.random, onChange: told }));
      if (keepers.length === 0) return;
      const ticking = () => void tick(told).catch(error => log.warn("directory-unwatched", { detail: String(error) }));
      timer = setInterval(ticking, tickMs);
      ticking();
    },
    async close() {
      clearInterval(timer);
      await Promise.all(keepers.map(keeper => keeper.close()));
    },
  };
}
