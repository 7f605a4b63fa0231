import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ldapSource } from "../../../broker/directory/ldap/ldap-configuration.ts";
import { LdapSource } from "../../../broker/directory/ldap/ldap-source.ts";
import { takeIn } from "../../../broker/directory/take-in.ts";
import { directorySourceStateOf } from "../../../broker/store/directory-source-table.ts";
import { Store } from "../../../broker/store/store.ts";
import { slapdManager } from "../../integration/support/directory-slapd.ts";
import { groupsBase, peopleBase } from "./hospital.ts";

/**
 * A process of its own that takes a directory in, as a broker does, into a store on disk, and prints as JSON what that cost: seconds
 * for everything at first (of the processor, too), for everything once more and for changes where there are none, and the highest memory above that before.
 */
const {
  address = "",
  password = "",
  store: file = "",
} = parseArgs({
  options: { address: { type: "string" }, password: { type: "string" }, store: { type: "string" } },
}).values;

let ahead = 0;
const source = new LdapSource(
  ldapSource.parse({
    id: "hospital",
    kind: "ldap",
    servers: [address],
    bindName: slapdManager,
    bindPasswordFile: password,
    schema: "inet-org-person",
    people: { base: peopleBase },
    groups: { base: groupsBase },
  }),
  { now: () => Date.now(), elapsed: () => performance.now() + ahead },
);
const store = await Store.open(file);

/** Linux's high-water mark of this process alone: that of getrusage begins with its parent's. */
function highest(): number {
  return 1024 * Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
}

async function seconds(everything: boolean): Promise<number> {
  const start = performance.now();
  const { signal } = new AbortController();
  const { watermark } = await directorySourceStateOf(store.db, source.id);
  const reading = await source.read(everything ? undefined : watermark, signal);
  if (!("entries" in reading)) throw new Error(`nothing came: ${reading.extent}`);
  await takeIn(store, source.id, reading, { now: Date.now(), signal });
  return (performance.now() - start) / 1000;
}

globalThis.gc?.();
const before = process.memoryUsage.rss();
const first = await seconds(true);
const processorSeconds = process.cpuUsage().user / 1e6;
const peakMb = (highest() - before) / 2 ** 20;
const again = await seconds(true);
// As if everything had rested for long.
ahead = 3_600_000;
await seconds(false);
const changes = await seconds(false);
const { persons } = await directorySourceStateOf(store.db, source.id);
await store.close();
console.log(JSON.stringify({ persons, first, processorSeconds, again, changes, peakMb }));
