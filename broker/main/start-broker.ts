import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { formatEnrolmentCode } from "../../core/enrolment/enrolment-code.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import type { Timers } from "../../core/ports/timers.ts";
import { KnownPersons } from "../audit/known-persons.ts";
import { openExports } from "../audit/open-exports.ts";
import { renewIdentifierKeys } from "../audit/renew-identifier-keys.ts";
import { TrailCheckpoints } from "../audit/trail-checkpoints.ts";
import { openTrailKey } from "../audit/trail-key.ts";
import { TrailSegments } from "../audit/trail-segments.ts";
import { glassWaysAt } from "../break-glass/glass-ways-at.ts";
import { openBreakGlass } from "../break-glass/open-break-glass.ts";
import { Admission } from "../directory/admission.ts";
import { openDirectory } from "../directory/open-directory.ts";
import { openFallback } from "../fallback/open-fallback.ts";
import { openFederation } from "../federation/open-federation.ts";
import { HouseChanges } from "../house/house-changes.ts";
import { HouseInForce } from "../house/house-in-force.ts";
import { HouseSecrets } from "../house/house-secrets.ts";
import { openNotices } from "../notices/open-notices.ts";
import { providerKeysOf } from "../oidc/provider-keys-of.ts";
import { SeatBrowsers } from "../oidc/seat-browsers.ts";
import { openWebDoor } from "../oidc/web-door.ts";
import type { ConfiguredPolicies } from "../policy/configured-policies.ts";
import { PoliciesInForce } from "../policy/policies-in-force.ts";
import { openAgentDoor } from "../routes/agent-door.ts";
import { openConsoleDoor } from "../routes/console-door.ts";
import { openMetricsDoor } from "../routes/metrics-door.ts";
import { openOwnDoor } from "../routes/own-door.ts";
import { openScimDoor } from "../routes/scim-door.ts";
import { lazySamlKeys } from "../saml/saml-keys.ts";
import { scimSourceOf } from "../scim/scim-configuration.ts";
import { KeyPages } from "../second-factor/key-pages.ts";
import { OwnFactors } from "../second-factor/own-factors.ts";
import { PendingSignIns } from "../second-factor/pending-sign-ins.ts";
import { SecondFactorRule } from "../second-factor/second-factor-rule.ts";
import { SecondFactorSignIns } from "../second-factor/second-factor-sign-ins.ts";
import { secondFactorsWanted } from "../second-factor/second-factors-wanted.ts";
import { SecurityKeys } from "../second-factor/security-keys.ts";
import { Administrators } from "../services/administrators.ts";
import { BuiltInApplications } from "../services/built-in-applications.ts";
import { CertificateJudge } from "../services/certificate-judge.ts";
import { ChallengeBook } from "../services/challenge-book.ts";
import { Enrolments } from "../services/enrolments.ts";
import { Entitlements } from "../services/entitlements.ts";
import { placeOf } from "../services/house.ts";
import { houseGroups } from "../services/house-groups.ts";
import { LaunchTickets } from "../services/launch-tickets.ts";
import { Launches } from "../services/launches.ts";
import { Portal } from "../services/portal.ts";
import { PushHub } from "../services/push-hub.ts";
import { SealingKey } from "../services/sealing-key.ts";
import { SessionActivities } from "../services/session-activities.ts";
import { SessionEvents } from "../services/session-events.ts";
import { Sessions } from "../services/sessions.ts";
import { SignInCounts } from "../services/sign-in-counts.ts";
import { SignInStatistics } from "../services/sign-in-statistics.ts";
import { StepUps } from "../services/step-ups.ts";
import { forgetUnseenCards } from "../store/known-card-table.ts";
import { forgetOldCards } from "../store/recent-card-table.ts";
import { forgetOldPortals } from "../store/recent-portal-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { CardTrust } from "../trust/card-trust.ts";
import { nodeSignatureVerifier } from "../trust/node-signature-verifier.ts";
import { validatorPorts } from "../trust/validator-ports.ts";
import { openBrokerKey } from "./broker-key.ts";
import { brokerVersion } from "./broker-version.ts";
import type { BrokerConfiguration } from "./configuration.ts";
import { openStore } from "./open-store.ts";
import { testVerifier } from "./self-test.ts";

export interface Broker {
  readonly agentsOrigin: string;
  readonly webOrigin: string;
  /** A fresh one-time code for a workstation of this place. Rejects where there is no such place. */
  enrolmentCode(place: string): Promise<string>;
  close(): Promise<void>;
}

const sweepMs = 10_000;
const trailCareMs = 3_600_000;
const timers: Timers = {
  after(delayMs, callback) {
    // Nobody's PIN keeps a broker from ending.
    const timer = setTimeout(callback, delayMs).unref();
    return () => clearTimeout(timer);
  },
};

/**
 * Starts the broker: store, services, both doors. Rejects where any of it cannot be had; what was opened before is closed then, the
 * last first, as it is when the broker closes.
 */
export async function startBroker(configuration: BrokerConfiguration, clock: Clock, log: Log): Promise<Broker> {
  await using opened = new AsyncDisposableStack();
  mkdirSync(dirname(configuration.store), { recursive: true, mode: 0o700 });
  const signatures = nodeSignatureVerifier();
  testVerifier(signatures);
  const key = openBrokerKey(`${configuration.store}.key`, clock.now());
  const signer = openTrailKey(configuration.store, `${new URL(configuration.agents.origin).host}/trail`);
  const { store, keys: identifierKeys } = await openStore(configuration, "broker", clock.now());
  opened.adopt(store, one => one.close());
  const trust = opened.adopt(await openTrust({ configuration, store, signatures, clock, log }), one => one.close());
  const events = new SessionEvents();
  const counts = new SignInCounts();
  const statistics = new SignInStatistics({
    store,
    clock,
    timeZone: configuration.timeZone,
    keepDays: configuration.stopwatch.keepDays,
  });
  // A full disk keeps no broker from ending.
  opened.defer(() => statistics.flush().catch(error => log.warn("statistics-not-written", { detail: String(error) })));
  const enrolments = new Enrolments(store, clock);
  const hub = new PushHub(clock);
  const tickets = new LaunchTickets(clock);
  const secrets = new HouseSecrets(`${configuration.store}.secrets`);
  const house = await HouseInForce.open(configuration, store.db, secrets);
  const graceMsOf = (place: string) => (placeOf(house, place)?.graceSeconds ?? 0) * 1000;
  const directory = opened.adopt(
    await openDirectory({ configuration: configuration.directory, store, clock, log }),
    one => one.close(),
  );
  const judge = new CertificateJudge(trust, store);
  const challenges = new ChallengeBook(clock);
  const here = { origin: configuration.agents.origin, brokerKey: key.fingerprint };
  const admission = new Admission(configuration.directory);
  const pending = new PendingSignIns(clock);
  const securityKeys = new SecurityKeys(configuration.web.origin);
  const factorSecrets = new SealingKey(`${configuration.store}.second-factors`);
  const sessions = new Sessions({
    store,
    clock,
    judge,
    admission,
    signatures,
    challenges,
    activities: directory.activities,
    events,
    counts,
    statistics,
    secondFactor: new SecondFactorRule({ house, store, clock, pending, keys: securityKeys }),
    settings: {
      ...here,
      sessionMs: configuration.sessionHours * 3_600_000,
      graceMsOf,
    },
  });
  const stepUps = new StepUps({
    store,
    clock,
    timers,
    log,
    judge,
    signatures,
    challenges,
    events,
    enrolments,
    hub,
    settings: here,
  });
  const policies = opened.adopt(
    await PoliciesInForce.open({ configuration: policiesOf(configuration, house), store, clock, log }),
    one => one.close(),
  );
  const groups = houseGroups(house, store.db);
  const entitlements = new Entitlements({ policies, house, groups });
  const administrators = new Administrators(configuration.administrators);
  const builtIn = new BuiltInApplications(administrators, () => secondFactorsWanted(house, configuration.fallback));
  const keyPages = new KeyPages({
    ...{ db: store.db, clock, pending, keys: securityKeys },
    webOrigin: configuration.web.origin,
  });
  const activities = new SessionActivities({ store, clock, activities: directory.activities, sessions, events });
  const launches = new Launches({ store, clock, entitlements, builtIn, activities });
  const portal = new Portal({
    store,
    clock,
    sessions,
    activities,
    house,
    entitlements,
    launches,
    builtIn,
    tickets,
    mayBreakGlass: ({ means }, place) =>
      (means === "card-pin" || means === "card-presence") &&
      glassWaysAt(configuration.breakGlass, house, place).includes("with-card"),
    webOrigin: configuration.web.origin,
  });
  events.subscribe(event => {
    if (event.type === "break-glass-changed" && event.where !== undefined)
      hub.tell(event.where.workstation, { type: "session-changed", seat: event.where.id });
    if (event.type !== "seat-lost") return;
    const { seat, workstation, reason, at, movedTo } = event;
    const named = movedTo === undefined ? Promise.resolve(undefined) : enrolments.nameOf(movedTo);
    void named.then(workstationName => hub.tell(workstation, { type: "seat-lost", seat, reason, at, workstationName }));
  });
  await renewIdentifierKeys(identifierKeys, store, clock);
  await store.write(tx => appendTrail(tx, { at: clock.now(), act: "broker-started" }));
  const checkpoints = await TrailCheckpoints.open({
    store,
    clock,
    log,
    signer,
    signatures,
    file: configuration.trail.checkpointFile,
    tell: note => hub.tellAll({ type: "trail-checkpoint", note }),
  });
  const sealQuietly = () => checkpoints.seal().catch(error => log.warn("trail-not-sealed", { detail: String(error) }));
  await sealQuietly();
  const segments = new TrailSegments({ store, clock, log, signer, configuration: configuration.trail });
  const keepSegments = () => segments.tick().catch(error => log.warn("trail-not-archived", { detail: String(error) }));
  const keepTrail = async () => {
    await keepSegments();
    await renewIdentifierKeys(identifierKeys, store, clock).catch(error =>
      log.warn("trail-keys-not-renewed", { detail: String(error) }),
    );
  };
  // A full disk keeps no broker from ending; the next start signs what is missing.
  opened.defer(() => sealQuietly());
  // A crash, or another program on the same store, may have left sessions of holders who may not be here.
  await sessions.endWithdrawn();
  const { timeZone } = configuration;
  const notices = opened.adopt(openNotices(configuration.notices, { store, clock, log, house, timeZone }), one =>
    one.close(),
  );
  const fallback = openFallback(configuration.fallback, {
    ...{ store, clock, log, house, admission, sessions, counts },
    queueNotice: notices.queue,
    directory: configuration.directory,
  });
  const breakGlass = openBreakGlass(configuration.breakGlass, {
    ...{ store, clock, timers, log, house, admission, sessions, stepUps },
    ...{ entitlements, activities, events, counts },
    queueNotice: notices.queue,
  });
  opened.defer(() => breakGlass?.endings.close());
  await fallback?.fallbacks.tick();
  await breakGlass?.endings.tick();
  // Before anything listens: a console that is not built stops the start.
  const consoleParts = {
    configuration,
    house,
    store,
    clock,
    log,
    sessions,
    enrolments,
    events,
    hub,
    trust,
    administrators,
    trailKey: signer,
    stepUps,
    policies,
    groups,
    houseChanges: new HouseChanges({
      ...{ house, policies, store, clock, log, secrets },
      timeZone,
      groupsOf: changed => houseGroups(changed, store.db),
    }),
    brokerKey: key.fingerprint,
    fallbacks: fallback?.fallbacks,
    passwords: fallback?.passwords,
    statistics,
    breakGlass: breakGlass?.endings,
  };
  const consoleDoor = opened.adopt(
    administrators.any ? await openConsoleDoor({ ...consoleParts, brokerVersion: brokerVersion() }) : undefined,
    one => one?.close(),
  );
  const ownParts = {
    ...{ house, sessions, enrolments, administrators, builtIn, stepUps, events, clock, log },
    webOrigin: configuration.web.origin,
    factors: new OwnFactors({ store, clock, keys: securityKeys, secrets: factorSecrets }),
    pages: keyPages,
  };
  // Whoever administers can make a place one outside while the broker runs.
  const ownWanted = administrators.any || secondFactorsWanted(house, configuration.fallback);
  const ownDoor = opened.adopt(ownWanted ? await openOwnDoor(ownParts) : undefined, one => one?.close());
  const federated = opened.adopt(openFederation(configuration.federation, { store, clock, sessions, admission }), one =>
    one?.close(),
  );
  const agentParts = {
    configuration,
    house,
    key,
    store,
    clock,
    log,
    enrolments,
    sessions,
    stepUps,
    activities,
    portal,
    hub,
    federated,
    checkpoints,
    statistics,
    secondFactors: new SecondFactorSignIns({
      ...{ store, clock, sessions, pending },
      pages: keyPages,
      secrets: factorSecrets,
    }),
    passwords: fallback?.passwords,
    breakGlass,
  };
  opened.adopt(await openAgentDoor(agentParts), one => one.close());
  const keys = providerKeysOf(configuration, store, clock);
  const scimSources = configuration.directory.sources.flatMap(one => (one.kind === "scim" ? [scimSourceOf(one)] : []));
  const scimParts = { store, clock, log, origin: configuration.web.origin, sources: scimSources };
  const scimDoor = opened.adopt(
    scimSources.length === 0
      ? undefined
      : await openScimDoor({ ...scimParts, onChange: () => sessions.endWithdrawn() }),
    one => one?.close(),
  );
  const secure = configuration.web.origin.startsWith("https:");
  const webParts = {
    configuration,
    house,
    keys,
    sessions,
    launches,
    enrolments,
    browsers: new SeatBrowsers({ name: "wardkey_seat", sameSite: "Lax", secure }),
    samlKeys: lazySamlKeys(`${configuration.store}.saml`, clock),
    tickets,
    events,
    stepUps,
    store,
    clock,
    log,
    console: consoleDoor,
    own: ownDoor,
    scim: scimDoor,
  };
  opened.adopt(await openWebDoor(webParts), one => one.close());
  const persons = new KnownPersons(
    store,
    clock,
    configuration.administrators.map(({ holder }) => holder),
  );
  const exports = openExports(configuration.trail.exports, { store, origin: signer.name, persons, log }).map(one =>
    opened.adopt(one, each => each.close()),
  );
  const { metrics } = configuration;
  const metricsParts = {
    ...{ store, clock, counts, statistics, checkpoints, exports },
    notices: notices.delivery,
    directory: configuration.directory,
    breakGlass: configuration.breakGlass,
    sources: () => trust.states(),
  };
  if (metrics !== undefined) opened.adopt(await openMetricsDoor(metricsParts, metrics), one => one.close());
  const sweepOnce = async () => {
    await sessions.endExpired();
    await sessions.endWithdrawn();
    await fallback?.fallbacks.tick();
    await breakGlass?.endings.tick();
    await store.write(async tx => {
      await forgetOldCards(tx, clock.now());
      await forgetOldPortals(tx, clock.now());
      await forgetUnseenCards(tx, clock.now());
    });
    await statistics.flush();
    await trust.tick();
    if (await house.tick(store.db)) await policies.follow();
    await policies.tick();
    await keys.tick();
  };
  const sweep = setInterval(
    () => void sweepOnce().catch(error => log.warn("sweep-failed", { detail: String(error) })),
    sweepMs,
  );
  const sealing = setInterval(sealQuietly, configuration.trail.checkpointSeconds * 1000);
  opened.defer(() => clearInterval(sealing));
  const segmenting = setInterval(() => void keepTrail(), trailCareMs);
  opened.defer(() => segments.close());
  opened.defer(() => clearInterval(segmenting));
  void keepSegments();
  opened.defer(() => clearInterval(sweep));
  void trust.tick().catch(error => log.warn("sweep-failed", { detail: String(error) }));
  directory.watch(() => sessions.endWithdrawn());

  const running = opened.move();
  return {
    agentsOrigin: configuration.agents.origin,
    webOrigin: configuration.web.origin,
    async enrolmentCode(place) {
      if (placeOf(house, place) === undefined) throw new Error(`no place “${place}”`);
      const { secret } = await enrolments.newSecret(place);
      return formatEnrolmentCode({ secret, brokerKey: key.fingerprint });
    },
    close: () => running.disposeAsync(),
  };
}

interface TrustParts {
  readonly configuration: BrokerConfiguration;
  readonly store: Store;
  readonly signatures: SignatureVerifier;
  readonly clock: Clock;
  readonly log: Log;
}

function openTrust({ configuration, store, signatures, clock, log }: TrustParts): Promise<CardTrust> {
  const { trust, demonstration } = configuration;
  const folder = `${configuration.store}.revocation`;
  const ports = validatorPorts(signatures);
  return CardTrust.open({ configuration: trust, demonstration, store, folder, ports, clock, log });
}

/** What policies depend on, read anew each time. */
function policiesOf({ policyFolder, timeZone }: BrokerConfiguration, house: HouseInForce): ConfiguredPolicies {
  return {
    policyFolder,
    timeZone,
    get places() {
      return house.places;
    },
    get applications() {
      return house.applications;
    },
    get policyTexts() {
      return house.policyTexts;
    },
  };
}
