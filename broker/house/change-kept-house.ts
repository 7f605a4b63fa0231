import type { z } from "zod";
import type { HouseChange, HouseFault } from "../../protocol/broker/console/house-change.ts";
import { newSecret } from "../services/identifiers.ts";
import { entrySchemas, type KeptHouse, keptHouse, listOf } from "./kept-house.ts";

export type ChangedHouse =
  | { readonly sound: true; readonly kept: KeptHouse; readonly madeSecret?: string }
  | { readonly sound: false; readonly faults: readonly HouseFault[] };

type EntryChange = Exclude<HouseChange, { act: "restore" }>;
type Written = Readonly<Record<string, unknown>>;

/** 256 bits, as OAuth 2.0 asks of a secret that nobody has to type (RFC 6749, section 10.10). */
const secretBits = 256;

/** The document with one entry added, replaced or removed, where the entry fits its schema. Nothing else is looked at. */
export function changeKeptHouse(kept: KeptHouse, change: EntryChange): ChangedHouse {
  const list = listOf[change.kind];
  const entries: readonly { readonly id: string }[] = kept[list];
  const refused = (where: string, words: string): ChangedHouse => ({ sound: false, faults: [{ where, words }] });
  const id = change.act === "add" ? String(change.entry["id"] ?? "") : change.id;
  const present = entries.find(entry => entry.id === id);
  if (change.act !== "add" && present === undefined) return refused(`${list}.${id}`, "is not kept in the console");
  const put = (after: readonly unknown[]) => keptHouse.parse({ ...kept, [list]: after });
  if (change.act === "remove") return { sound: true, kept: put(entries.filter(entry => entry.id !== id)) };
  if (change.act === "add" && present !== undefined) return refused(`${list}.${id}.id`, `“${id}” is taken`);
  if (change.act === "replace" && change.entry["id"] !== id)
    return refused(`${list}.${id}.id`, "cannot change: add another one, and remove this one");

  const { entry, madeSecret } = withSecret(change, present as Written | undefined);
  const parsed = entrySchemas[change.kind].safeParse(entry);
  if (!parsed.success) return { sound: false, faults: faultsOf(parsed.error, `${list}.${id}`) };
  const after =
    change.act === "add" ? [...entries, parsed.data] : entries.map(known => (known.id === id ? parsed.data : known));
  return { sound: true, kept: put(after), ...(madeSecret === undefined ? {} : { madeSecret }) };
}

/** Where the schema misses an application's secret, the present one stays, or one is made; it is made anew where that is asked. */
function withSecret(
  change: Exclude<EntryChange, { act: "remove" }>,
  present: Written | undefined,
): { readonly entry: Written; readonly madeSecret?: string } {
  const { entry, kind } = change;
  const client = entry["client"];
  if (kind !== "application" || typeof client !== "object" || client === null || "clientSecret" in client)
    return { entry };
  const isNew = change.act === "replace" && change.newSecret;
  const { error } = entrySchemas.application.safeParse(entry);
  const isMissed = error?.issues.some(({ path }) => path.join(".") === "client.clientSecret") === true;
  if (!isNew && !isMissed) return { entry };
  const before = (present?.["client"] as { clientSecret?: unknown } | undefined)?.clientSecret;
  const madeSecret = isNew || before === undefined ? newSecret(secretBits) : undefined;
  return {
    entry: { ...entry, client: { ...client, clientSecret: madeSecret ?? before } },
    ...(madeSecret === undefined ? {} : { madeSecret }),
  };
}

function faultsOf({ issues }: z.ZodError, where: string): readonly HouseFault[] {
  return issues.map(({ path, message }) => ({ where: [where, ...path].join("."), words: message }));
}
