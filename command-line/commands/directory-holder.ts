import { Admission } from "../../broker/directory/admission.ts";
import { Enrolments } from "../../broker/services/enrolments.ts";
import { holderOverview } from "../../broker/services/holder-overview.ts";
import type { HolderEntry, HolderView } from "../../protocol/broker/console/directory-view.ts";
import { withBrokerStore } from "../broker-store.ts";
import { configCommand } from "../config-command.ts";

const help = `wardkey directory holder --config FILE [--json] ID

What each source of the directory says of the holder ID (PS_IdNat, or an alias of it), his groups and activities, and whether he may
sign in. FILE is the broker's. Leaves with 0 where he may, with 1 where he may not.`;

/** `wardkey directory holder`. */
export function directoryHolder(words: string[]): Promise<number> {
  return configCommand<[string]>(
    words,
    help,
    async (config, json, identifier) => {
      const clock = { now: () => Date.now() };
      const found = await withBrokerStore(config, (configuration, store) => {
        const admission = new Admission(configuration.directory);
        const enrolments = new Enrolments(store, clock);
        const nameOf = (workstation: string) => enrolments.nameOf(workstation);
        const pausedUntil = async () => undefined;
        const parts = { db: store.db, house: configuration, admission, now: clock.now(), nameOf, pausedUntil };
        return holderOverview(parts, identifier);
      });
      console.log(json ? JSON.stringify(found) : page(found));
      return found.refusal === undefined ? 0 : 1;
    },
    1,
  );
}

function page({
  holder,
  standing,
  refusal,
  conflicts,
  entries,
  groups,
  activities,
  aliases,
  session,
}: HolderView): string {
  return [
    `${holder}: ${standing}${refusal === undefined ? "" : `, does not sign in (${refusal.code}: ${refusal.detail})`}`,
    ...entries.map(entryLine),
    ...listed("groups", groups),
    ...listed(
      "activities",
      activities.map(({ label }) => label),
    ),
    ...listed("aliases", aliases),
    ...listed("conflicts", conflicts),
    session === undefined ? "  no open session" : `  a session since ${new Date(session.openedAt).toISOString()}`,
  ].join("\n");
}

function entryLine({ source, key, displayName, standing, gives }: HolderEntry): string {
  return `  ${source}: ${displayName} (${key}), ${standing}${gives ? "" : ", gives no groups"}`;
}

function listed(what: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`  ${what}: ${names.join(", ")}`];
}
