import { recordedSources } from "../../broker/trust/source-records.ts";
import { healthOf, type SourceHealth, type SourceState } from "../../broker/trust/source-state.ts";
import { documentInForce } from "../../broker/trust/trust-document-in-force.ts";
import { withBrokerStore } from "../broker-store.ts";
import { configCommand } from "../config-command.ts";

const help = `wardkey trust status --config FILE [--json]

The trust in force at the broker whose configuration is FILE, and each source of revocation data with the age of its data. A source is
  good   its data are current
  late   its data are current, and it failed when it was asked last
  aged   its data are past their nextUpdate
  none   it has given no data yet
Leaves with 0 where every source is good, with 1 where one is not: made for a monitor to call.`;

/** `wardkey trust status`. */
export function trustStatus(words: string[]): Promise<number> {
  return configCommand(words, help, async (config, json) => {
    const now = Date.now();
    const { document, sources } = await withBrokerStore(config, async ({ trust }, store) => ({
      document: (await documentInForce(store.db, trust)).document,
      sources: (await recordedSources(store.db)).map(state => aged(state, now)),
    }));
    const domains = document.domains.map(({ id }) => id);
    if (json) console.log(JSON.stringify({ version: document.version, domains, sources }));
    else console.log([`trust version ${document.version}: ${domains.join(", ")}`, ...sources.map(line)].join("\n"));
    return sources.every(({ health }) => health === "good") ? 0 : 1;
  });
}

type AgedSource = SourceState & {
  readonly health: SourceHealth;
  /** Since the authority made the data; negative to nextUpdate: how long they are past it. */
  readonly ageSeconds: number | undefined;
  readonly secondsToNextUpdate: number | undefined;
};

function aged(state: SourceState, now: number): AgedSource {
  const { data } = state;
  const seconds = (milliseconds: number) => Math.round(milliseconds / 1000);
  return {
    ...state,
    health: healthOf(state, now),
    ageSeconds: data === undefined ? undefined : seconds(now - data.thisUpdate),
    secondsToNextUpdate: data === undefined ? undefined : seconds(data.nextUpdate - now),
  };
}

function line({ address, health, ageSeconds, secondsToNextUpdate, trouble }: AgedSource): string {
  const age =
    ageSeconds === undefined || secondsToNextUpdate === undefined
      ? "no data"
      : `${hours(ageSeconds)} old, ${secondsToNextUpdate < 0 ? `${hours(-secondsToNextUpdate)} too old` : `good for ${hours(secondsToNextUpdate)}`}`;
  const why = trouble === undefined ? "" : `\n        ${trouble.code}, ${trouble.failures} times: ${trouble.detail}`;
  return `  ${health.padEnd(5)} ${address}: ${age}${why}`;
}

function hours(seconds: number): string {
  return `${(seconds / 3600).toFixed(1)} h`;
}
