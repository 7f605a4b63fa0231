import type { GlassWay } from "../../break-glass/break-glass-configuration.ts";
import { glassWaysAt } from "../../break-glass/glass-ways-at.ts";
import type { BrokerConfiguration } from "../../main/configuration.ts";
import type { PoliciesInForce } from "../../policy/policies-in-force.ts";
import type { Policy } from "../../policy/policy-set.ts";
import { isOutside } from "../../second-factor/outside-place.ts";
import { pinGoodForMs } from "../../steps/freshly-proven.ts";
import { cardCounts } from "../../store/known-card-table.ts";
import type { Store } from "../../store/store.ts";
import { trailEnd } from "../../store/trail-table.ts";
import { lastCheckpoint } from "../../store/trail-tree-table.ts";
import { bundleInForce } from "../../store/trust-table.ts";
import type { CardTrust } from "../../trust/card-trust.ts";
import { healthOf } from "../../trust/source-state.ts";
import type { House } from "../house.ts";

export interface ComplianceParts {
  readonly configuration: BrokerConfiguration;
  readonly house: House;
  readonly policies: PoliciesInForce;
  readonly store: Store;
  readonly trust: CardTrust;
  readonly now: number;
}

/** What the frameworks ask about, as it is in force at this moment. */
export type SettingsInForce = Awaited<ReturnType<typeof settingsInForce>>;

export async function settingsInForce({ configuration, house, policies, store, trust, now }: ComplianceParts) {
  const { fallback, breakGlass, notices, directory, trail, administrators } = configuration;
  const records = await trailEnd(store.db);
  const sealed = (await lastCheckpoint(store.db))?.size ?? 0;
  const cards = await cardCounts(store.db, now);
  const graces = house.places.map(({ graceSeconds }) => graceSeconds);
  const idle = house.places.map(({ idleSeconds }) => idleSeconds).filter(seconds => seconds > 0);
  const clients = house.applications.flatMap(({ client }) => (client === undefined ? [] : [client]));
  const health = trust.states().map(state => healthOf(state, now));
  const auditors = administrators.filter(({ roles }) => roles.includes("auditor"));
  const placesWith = (counts: (ways: readonly GlassWay[]) => boolean) =>
    house.places.filter(({ id }) => counts(glassWaysAt(breakGlass, house, id))).length;
  return {
    demonstration: configuration.demonstration,
    sessionHours: configuration.sessionHours,
    graceSeconds: { least: Math.min(...graces), most: Math.max(...graces) },
    idleSeconds: { least: Math.min(...idle), most: Math.max(...idle), never: house.places.length - idle.length },
    pinMinutes: pinGoodForMs / 60_000,
    fallback,
    breakGlass:
      breakGlass === undefined
        ? undefined
        : {
            minutes: breakGlass.minutes,
            reviewDays: breakGlass.reviewDays,
            places: placesWith(ways => ways.length > 0),
            withoutCard: placesWith(ways => ways.includes("without-card")),
            permits: policies.engine.set.policies.filter(isForEmergency).length,
          },
    notices:
      notices === undefined
        ? undefined
        : {
            toPerson: [notices.rules["fallback-issued"], notices.rules["break-glass-used"]].filter(rule => rule.holder)
              .length,
            ofAlarms: notices.rules["fallback-alarm"].addresses.length,
          },
    places: { outside: house.places.filter(({ id }) => isOutside(house, id)).length, all: house.places.length },
    federation: configuration.federation !== undefined,
    directory: { required: directory.required, sources: directory.sources.map(({ id }) => id) },
    administrators: administrators.length,
    auditorsAlone: { alone: auditors.filter(({ roles }) => roles.length === 1).length, all: auditors.length },
    browserOrigin: configuration.web.origin,
    clients: { told: clients.filter(client => client.backchannelLogoutUri !== undefined).length, all: clients.length },
    trust: {
      signed: (await bundleInForce(store.db)) !== undefined,
      version: trust.document.version,
      families: [...new Set(trust.document.domains.flatMap(({ families }) => families ?? []))],
      sources: health.length,
      goodSources: health.filter(one => one === "good").length,
    },
    trail: {
      records,
      notSealed: records - sealed,
      checkpointSeconds: trail.checkpointSeconds,
      checkpointFile: trail.checkpointFile !== undefined,
      exports: trail.exports.map(({ name, to }) => `${name} (${to})`),
      retentionMonths: trail.retention?.months,
      identifiers: trail.identifiers,
    },
    policyVersion: policies.engine.set.version,
    cards,
  };
}

/** A permit that speaks of emergency access opens something by it. */
function isForEmergency({ json, text }: Policy): boolean {
  return json.effect === "permit" && text.includes('Means::"break-glass"');
}
