import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { formatEnrolmentCode } from "../../core/enrolment/enrolment-code.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import type { Timers } from "../../core/ports/timers.ts";
import { openExports } from "../audit/open-exports.ts";
import { TrailCheckpoints } from "../audit/trail-checkpoints.ts";
import { openTrailKey } from "../audit/trail-key.ts";
import { openFederation } from "../federation/open-federation.ts";
import { providerKeysOf } from "../oidc/provider-keys-of.ts";
import { SeatBrowsers } from "../oidc/seat-browsers.ts";
import { openWebDoor } from "../oidc/web-door.ts";
import { PoliciesInForce, type PoliciesInForceParts } from "../policy/policies-in-force.ts";
import { openAgentDoor } from "../routes/agent-door.ts";
import { openConsoleDoor } from "../routes/console-door.ts";
import { openMetricsDoor } from "../routes/metrics-door.ts";
import { lazySamlKeys } from "../saml/saml-keys.ts";
import { Administrators } from "../services/administrators.ts";
import { CertificateJudge } from "../services/certificate-judge.ts";
import { ChallengeBook } from "../services/challenge-book.ts";
import { configuredGroups } from "../services/configured-groups.ts";
import { Enrolments } from "../services/enrolments.ts";
import { Entitlements } from "../services/entitlements.ts";
import { type House, placeOf } from "../services/house.ts";
import { LaunchTickets } from "../services/launch-tickets.ts";
import { Launches } from "../services/launches.ts";
import { Portal } from "../services/portal.ts";
import { PushHub } from "../services/push-hub.ts";
import { SessionEvents } from "../services/session-events.ts";
import { Sessions } from "../services/sessions.ts";
import { SignInCounts } from "../services/sign-in-counts.ts";
import { StepUps } from "../services/step-ups.ts";
import { forgetOldCards } from "../store/recent-card-table.ts";
import { forgetOldPortals } from "../store/recent-portal-table.ts";
import { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { CardTrust } from "../trust/card-trust.ts";
import { nodeSignatureVerifier } from "../trust/node-signature-verifier.ts";
import { validatorPorts } from "../trust/validator-ports.ts";
import { openBrokerKey } from "./broker-key.ts";
import { brokerVersion } from "./broker-version.ts";
import type { BrokerConfiguration } from "./configuration.ts";
import { testVerifier } from "./self-test.ts";

export interface Broker {
  readonly agentsOrigin: string;
  readonly webOrigin: string;
  /** A fresh one-time code for a workstation of this place. Rejects where there is no such place. */
  enrolmentCode(place: string): Promise<string>;
  close(): Promise<void>;
}

const sweepMs = 10_000;
const timers: Timers = {
  after(delayMs, callback) {
    // Nobody's PIN keeps a broker from ending.
    const timer = setTimeout(callback, delayMs).unref();
    return () => clearTimeout(timer);
  },
};

/** Starts the broker: store, services, both doors. Rejects where any of it cannot be had. */
export async function startBroker(configuration: BrokerConfiguration, clock: Clock, log: Log): Promise<Broker> {
  mkdirSync(dirname(configuration.store), { recursive: true, mode: 0o700 });
  const signatures = nodeSignatureVerifier();
  testVerifier(signatures);
  const key = openBrokerKey(`${configuration.store}.key`, clock.now());
  const signer = openTrailKey(configuration.store, `${new URL(configuration.agents.origin).host}/trail`);
  const store = await Store.open(configuration.store);
  const trust = await openTrust({ configuration, store, signatures, clock, log });
  const events = new SessionEvents();
  const counts = new SignInCounts();
  const enrolments = new Enrolments(store, clock);
  const hub = new PushHub(clock);
  const tickets = new LaunchTickets(clock);
  const house: House = configuration;
  const graceMsOf = (place: string) => (placeOf(house, place)?.graceSeconds ?? 0) * 1000;
  const judge = new CertificateJudge(trust, store);
  const challenges = new ChallengeBook(clock);
  const here = { origin: configuration.agents.origin, brokerKey: key.fingerprint };
  const sessions = new Sessions({
    store,
    clock,
    judge,
    signatures,
    challenges,
    events,
    counts,
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
  const policies = await openPolicies({ configuration, store, clock, log }, trust);
  const entitlements = new Entitlements({ policies, house, groups: configuredGroups(house) });
  const administrators = new Administrators(configuration.administrators);
  const launches = new Launches({ store, clock, entitlements, administrators });
  const portal = new Portal({
    store,
    clock,
    sessions,
    house,
    entitlements,
    launches,
    administrators,
    tickets,
    webOrigin: configuration.web.origin,
  });
  events.subscribe(event => {
    if (event.type !== "seat-lost") return;
    const { seat, workstation, reason, at, movedTo } = event;
    const named = movedTo === undefined ? Promise.resolve(undefined) : enrolments.nameOf(movedTo);
    void named.then(workstationName => hub.tell(workstation, { type: "seat-lost", seat, reason, at, workstationName }));
  });
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
  await checkpoints.seal();
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
    checkpoints,
    trailKey: signer,
  };
  const consoleDoor = administrators.any
    ? await openConsoleDoor({ ...consoleParts, brokerVersion: brokerVersion() })
    : undefined;
  const federated = openFederation(configuration.federation, { store, clock, sessions });
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
    portal,
    hub,
    federated,
    checkpoints,
  };
  const door = await openAgentDoor(agentParts);
  await door.listen({ host: configuration.agents.host, port: configuration.agents.port });
  const keys = providerKeysOf(configuration, store, clock);
  const secure = configuration.web.origin.startsWith("https:");
  const web = await openWebDoor({
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
  });
  const exports = openExports(configuration.trail.exports, { store, origin: signer.name, log });
  const { metrics } = configuration;
  const monitors =
    metrics === undefined
      ? undefined
      : await openMetricsDoor({ store, clock, counts, checkpoints, exports, sources: () => trust.states() }, metrics);
  const sweepOnce = async () => {
    await sessions.endExpired();
    await store.write(async tx => {
      await forgetOldCards(tx, clock.now());
      await forgetOldPortals(tx, clock.now());
    });
    await trust.tick();
    await policies.tick();
    await keys.tick();
  };
  const sweep = setInterval(
    () => void sweepOnce().catch(error => log.warn("sweep-failed", { detail: String(error) })),
    sweepMs,
  );
  const sealing = setInterval(
    () => void checkpoints.seal().catch(error => log.warn("trail-not-sealed", { detail: String(error) })),
    configuration.trail.checkpointSeconds * 1000,
  );
  void trust.tick().catch(error => log.warn("sweep-failed", { detail: String(error) }));

  return {
    agentsOrigin: configuration.agents.origin,
    webOrigin: configuration.web.origin,
    async enrolmentCode(place) {
      if (placeOf(house, place) === undefined) throw new Error(`no place “${place}” in the configuration`);
      return formatEnrolmentCode({ secret: await enrolments.newSecret(place), brokerKey: key.fingerprint });
    },
    async close() {
      clearInterval(sweep);
      clearInterval(sealing);
      policies.close();
      await trust.close();
      hub.closeAll();
      monitors?.closeAllConnections();
      monitors?.close();
      await web.close();
      await federated?.close();
      await consoleDoor?.close();
      await door.close();
      await Promise.all(exports.map(one => one.close()));
      // A full disk keeps no broker from ending; the next start signs what is missing.
      await checkpoints.seal().catch(error => log.warn("trail-not-sealed", { detail: String(error) }));
      await store.close();
    },
  };
}

interface TrustParts {
  readonly configuration: BrokerConfiguration;
  readonly store: Store;
  readonly signatures: SignatureVerifier;
  readonly clock: Clock;
  readonly log: Log;
}

/** Without trust there is no broker: what was opened before is closed again. */
async function openTrust({ configuration, store, signatures, clock, log }: TrustParts): Promise<CardTrust> {
  const { trust, demonstration } = configuration;
  const folder = `${configuration.store}.revocation`;
  try {
    return await CardTrust.open({
      configuration: trust,
      demonstration,
      store,
      folder,
      ports: validatorPorts(signatures),
      clock,
      log,
    });
  } catch (problem) {
    await store.close();
    throw problem;
  }
}

/** Without policies nothing could be decided: what was opened before is closed again. */
async function openPolicies(parts: PoliciesInForceParts, trust: CardTrust): Promise<PoliciesInForce> {
  try {
    return await PoliciesInForce.open(parts);
  } catch (problem) {
    await trust.close();
    await parts.store.close();
    throw problem;
  }
}
