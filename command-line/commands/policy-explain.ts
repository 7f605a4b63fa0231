import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { BrokerConfiguration } from "../../broker/main/configuration.ts";
import { compilePolicies } from "../../broker/policy/compile-policies.ts";
import { knownNames, policySourcesOf } from "../../broker/policy/configured-policies.ts";
import { timeZoneOf } from "../../broker/policy/policies-in-force.ts";
import { PolicyEngine } from "../../broker/policy/policy-engine.ts";
import { faultText } from "../../broker/policy/policy-set.ts";
import type { Asking } from "../../broker/services/entitlements.ts";
import { explain } from "../../broker/services/explain.ts";
import { explainedActivity } from "../../broker/services/explained-activity.ts";
import { explainedHolder } from "../../broker/services/explained-holder.ts";
import type { House } from "../../broker/services/house.ts";
import { houseGroups } from "../../broker/services/house-groups.ts";
import { policiesApplied } from "../../broker/store/policy-table.ts";
import type { Store } from "../../broker/store/store.ts";
import { documentInForce } from "../../broker/trust/trust-document-in-force.ts";
import { toBase64 } from "../../core/bytes/base64.ts";
import { allSecondFactors } from "../../core/second-factor/second-factor.ts";
import { allMeans, type Means } from "../../core/session/means.ts";
import type { ExplainedWho } from "../../protocol/broker/console/explain.ts";
import { houseInStore, withBrokerStore } from "../broker-store.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey policy explain --config FILE --place PLACE WHO [--means MEANS] [--second-factor FACTOR] [--at TIME]
                       [--workstation NAME] [--activity ID] [--group GROUP]... [--application ID] [--json]

Which applications a holder would get at PLACE, by this means (card-pin where none is said) and, where one is said, this second
factor beside it (totp or security-key, docs/outside-access.md), and which policy decides each. Judges by
the policies that FILE, the broker's configuration, names now, and says whether they are in force. WHO is one of
  --certificate FILE   what a card's certificate (PEM or DER) says of its holder, by the identity rules of the trust in force;
                       nothing of it is verified
  --holder ID          a holder who was here during the last 24 hours, or one of whom nothing but the number is known
  --profession CODE [--speciality CODE] [--structure ID] [--family NAME]
--at takes a time as 2026-11-25T22:30 (here) or with its zone. Groups of the configuration count without being named.
Leaves with 0 where an application (that of --application) would open, with 1 where none would.`;

const options = {
  config: { type: "string" },
  certificate: { type: "string" },
  holder: { type: "string" },
  profession: { type: "string" },
  speciality: { type: "string" },
  structure: { type: "string" },
  family: { type: "string" },
  group: { type: "string", multiple: true, default: [] as string[] },
  place: { type: "string" },
  workstation: { type: "string", default: "" },
  means: { type: "string", default: "card-pin" },
  "second-factor": { type: "string" },
  activity: { type: "string" },
  application: { type: "string" },
  at: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

/** `wardkey policy explain`. */
export async function policyExplain(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options });
  if (values.help || values.config === undefined || values.place === undefined || !namesSomebody(values)) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    const result = await withBrokerStore(values.config, (configuration, store) =>
      explainBy(configuration, store, values),
    );
    console.log(values.json ? JSON.stringify(result) : page(result));
    return result.applications.some(({ permitted }) => permitted) ? 0 : 1;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}

function namesSomebody({ certificate, holder, profession }: Values): boolean {
  return [certificate, holder, profession].filter(value => value !== undefined).length === 1;
}

async function explainBy(configuration: BrokerConfiguration, store: Store, values: Values) {
  const house = await houseInStore(configuration, store);
  const compiled = compilePolicies(policySourcesOf(house, configuration.policyFolder), knownNames(house));
  if (!compiled.sound) throw new Error(`the policies cannot be used:\n${compiled.faults.map(faultText).join("\n")}`);
  const asking = await askingOf(configuration, house, store, values);
  const engine = new PolicyEngine(compiled.set, house.applications, timeZoneOf(configuration));
  const configured = houseGroups(house, store.db);
  const groups = { of: async (holder: string) => [...(await configured.of(holder)), ...(values.group ?? [])] };
  const applications = (await explain({ house, groups, engine }, asking)).filter(
    ({ application }) => values.application === undefined || values.application === application,
  );
  const { version } = compiled.set;
  const inForce = (await policiesApplied(store.db))?.version === version;
  const { holder, place, means, secondFactor, at } = asking;
  return { version, inForce, holder, groups: await groups.of(holder.id), place, means, secondFactor, at, applications };
}

async function askingOf(
  { trust }: BrokerConfiguration,
  { places, applications }: House,
  store: Store,
  values: Values,
): Promise<Asking> {
  const { place = "", means, activity, at, workstation = "", application } = values;
  const oneOf = (word: string, given: string, known: readonly string[]) => {
    if (!known.includes(given)) throw new Error(`--${word} takes one of ${known.join(", ")}`);
  };
  const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);
  oneOf("place", place, ids(places));
  oneOf("means", means ?? "", allMeans);
  const factor = values["second-factor"];
  if (factor !== undefined) oneOf("second-factor", factor, allSecondFactors);
  if (application !== undefined) oneOf("application", application, ids(applications));
  const time = at === undefined ? Date.now() : Date.parse(at);
  if (Number.isNaN(time)) throw new Error("--at takes a time as 2026-11-25T22:30");
  const { document } = await documentInForce(store.db, trust);
  const holder = await explainedHolder(store.db, document, whoOf(values), Date.now());
  if (holder === undefined) throw new Error("the certificate names nobody by the rules of the trust in force");
  return {
    holder,
    means: means as Means,
    secondFactor: allSecondFactors.find(known => known === factor),
    place,
    workstation: { id: "", name: workstation },
    at: time,
    activity: await explainedActivity(store.db, holder.id, activity),
  };
}

function whoOf({ certificate, holder, profession = "", speciality, structure, family }: Values): ExplainedWho {
  if (certificate !== undefined)
    return { by: "certificate", certificate: toBase64(new X509Certificate(readFileSync(certificate)).raw) };
  return holder === undefined
    ? { by: "roles", profession, speciality, structure, family }
    : { by: "holder", id: holder };
}

const shownAs = {
  means: "card and PIN would open it",
  "break-glass": "an emergency would open it",
  policy: "shown as closed",
} as const;

function page({ version, inForce, applications }: Awaited<ReturnType<typeof explainBy>>): string {
  const rows = applications.map(({ application, permitted, policies, because, unavailable }) => {
    const where = policies.map(({ id, file, line }) => `${id} (${file}:${line})`).join(", ");
    const shown = unavailable === null ? "" : `; ${shownAs[unavailable.reason]}`;
    return `  ${permitted ? "opens " : "closed"}  ${application.padEnd(24)}${where || because}${shown}`;
  });
  return [`policies ${version.slice(0, 12)} (${inForce ? "in force" : "not in force"})`, ...rows].join("\n");
}
