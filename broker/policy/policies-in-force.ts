import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { applyPolicies, policiesApplied } from "../store/policy-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { type Compiled, compilePolicies } from "./compile-policies.ts";
import {
  type ConfiguredPolicies,
  knownNames,
  policySourcesOf,
  policySourcesWith,
  writtenIn,
} from "./configured-policies.ts";
import { appliedSet } from "./policies-applied.ts";
import { PolicyEngine } from "./policy-engine.ts";
import { stampOfFolder } from "./policy-folder.ts";
import { faultText, type PolicyFault, type PolicySet } from "./policy-set.ts";

export interface PoliciesInForceParts {
  /** Read anew each time, since administrators change places, applications and texts. */
  readonly configuration: ConfiguredPolicies;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The policies that decide now. A folder's change is taken whole, once it has stood still from one look to the next; a set with a
 * fault is refused, recorded, and the previous one stays in force, across restarts too.
 */
export class PoliciesInForce {
  readonly #parts: PoliciesInForceParts;
  readonly #timeZone: string;
  #engine: PolicyEngine;
  #taken: string;
  #seen: string;
  #refused: readonly PolicyFault[];

  private constructor(parts: PoliciesInForceParts, compiled: Compiled, set: PolicySet, stamp: string) {
    const timeZone = timeZoneOf(parts.configuration);
    this.#parts = parts;
    this.#refused = compiled.sound ? [] : compiled.faults;
    this.#timeZone = timeZone;
    this.#engine = new PolicyEngine(set, parts.configuration.applications, timeZone);
    this.#taken = stamp;
    this.#seen = stamp;
  }

  /** Rejects with the faults where the policies have some and there are no earlier ones to stand by. */
  static async open(parts: PoliciesInForceParts): Promise<PoliciesInForce> {
    const { configuration } = parts;
    const stamp = stampOf(configuration);
    const compiled = compileConfigured(configuration);
    const set = compiled.sound ? compiled.set : await previousOf(parts, compiled);
    if (compiled.sound) await record(parts, set);
    return new PoliciesInForce(parts, compiled, set, stamp);
  }

  get engine(): PolicyEngine {
    return this.#engine;
  }

  /** Why other policies than those in force were refused last; empty where these are the latest. */
  get refused(): readonly PolicyFault[] {
    return this.#refused;
  }

  /** Looks whether the folder has changed. */
  async tick(): Promise<void> {
    const { configuration } = this.#parts;
    const stamp = stampOf(configuration);
    const stoodStill = stamp === this.#seen;
    this.#seen = stamp;
    if (stamp === this.#taken || !stoodStill) return;
    this.#taken = stamp;
    const compiled = compileConfigured(configuration);
    this.#refused = compiled.sound ? [] : compiled.faults;
    if (!compiled.sound) return refuse(this.#parts, compiled);
    if (compiled.set.version === this.#engine.set.version) return;
    await record(this.#parts, compiled.set);
    this.take(compiled.set);
  }

  /** What another house would be decided by: its own words, and the folder's texts as they are in force. */
  compile(house: ConfiguredPolicies): Compiled {
    const folder = this.#engine.set.sources.filter(source => writtenIn(source)?.source === "file");
    const isThere = this.#parts.configuration.policyFolder !== undefined;
    return compilePolicies(policySourcesWith(house, isThere ? folder : undefined), knownNames(house));
  }

  /** Decides by this set from now on, for the applications that there are now. It was recorded before. */
  take(set: PolicySet): void {
    const previous = this.#engine;
    this.#engine = new PolicyEngine(set, this.#parts.configuration.applications, this.#timeZone);
    if (set.version !== previous.set.version) this.#refused = [];
    previous.close();
  }

  /** Follows a house that changed under another broker of this store, which checked it. */
  async follow(): Promise<void> {
    const compiled = this.compile(this.#parts.configuration);
    this.#refused = compiled.sound ? [] : compiled.faults;
    if (compiled.sound) await record(this.#parts, compiled.set);
    else await refuse(this.#parts, compiled);
    this.take(compiled.sound ? compiled.set : this.#engine.set);
  }

  close(): void {
    this.#engine.close();
  }
}

export function timeZoneOf({ timeZone }: Pick<ConfiguredPolicies, "timeZone">): string {
  return timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A folder that cannot be read has a stamp too: it is a change, and a fault. */
function stampOf({ policyFolder }: ConfiguredPolicies): string {
  if (policyFolder === undefined) return "";
  try {
    return stampOfFolder(policyFolder);
  } catch (problem) {
    return String(problem);
  }
}

function compileConfigured(configuration: ConfiguredPolicies): Compiled {
  const { policyFolder } = configuration;
  try {
    return compilePolicies(policySourcesOf(configuration, policyFolder), knownNames(configuration));
  } catch (problem) {
    return { sound: false, faults: [{ file: policyFolder ?? "", line: 1, column: 1, words: String(problem) }] };
  }
}

/** Written before it decides anything. The version that is in force already is not recorded again. */
export async function recordPolicies(
  tx: Writing,
  { version, sources, policies }: PolicySet,
  at: number,
): Promise<void> {
  if ((await policiesApplied(tx))?.version === version) return;
  await applyPolicies(tx, { version, sources }, at);
  const detail = `version ${version}, ${policies.length} policies`;
  await appendTrail(tx, { at, act: "policies-changed", detail });
}

async function record({ store, clock }: PoliciesInForceParts, set: PolicySet): Promise<void> {
  const at = clock.now();
  await store.write(tx => recordPolicies(tx, set, at));
}

async function refuse(
  { store, clock, log }: PoliciesInForceParts,
  { faults }: Extract<Compiled, { sound: false }>,
): Promise<void> {
  const detail = faults.map(faultText).join("\n");
  log.warn("policies-refused", { detail });
  await store.write(tx => appendTrail(tx, { at: clock.now(), act: "policies-refused", detail }));
}

async function previousOf(
  parts: PoliciesInForceParts,
  compiled: Extract<Compiled, { sound: false }>,
): Promise<PolicySet> {
  const faults = compiled.faults.map(faultText).join("\n");
  const previous = await appliedSet(parts.store.db);
  if (previous === undefined) throw new Error(`the policies cannot be used:\n${faults}`);
  await refuse(parts, compiled);
  return previous;
}
