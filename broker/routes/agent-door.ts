import type { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import websocket from "@fastify/websocket";
import Fastify, { type FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import { z } from "zod";
import { fromBase64 } from "../../core/bytes/base64.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { challengeAnswer, challengeRequest } from "../../protocol/broker/challenge.ts";
import { enrolmentRequest, workstationDescription } from "../../protocol/broker/enrolment.ts";
import { brokerHealth } from "../../protocol/broker/health.ts";
import { brokerPaths } from "../../protocol/broker/paths.ts";
import { type PushMessage, pushHello, type WorkstationState, workstationState } from "../../protocol/broker/push.ts";
import {
  codeProof,
  keyAnswer,
  keyAwait,
  keyPageAnswer,
  keyPageRequest,
  owedSecondFactor,
} from "../../protocol/broker/second-factor.ts";
import {
  activityRequest,
  coverRequest,
  endRequest,
  favouriteRequest,
  glassEnd,
  glassRaise,
  glassSignIn,
  launchAnswer,
  launchClosed,
  launchRequest,
  measuredReport,
  passwordSignIn,
  phoneAnswer,
  phoneAsk,
  phoneAsked,
  phoneAwait,
  proofRequest,
  seatCovered,
  sessionDescription,
  sessionRequest,
  workstationReport,
} from "../../protocol/broker/session.ts";
import { stepUpChallengeRequest, stepUpProofRequest, stepUpRefusal } from "../../protocol/broker/step-up.ts";
import type { TrailCheckpoints } from "../audit/trail-checkpoints.ts";
import type { OpenBreakGlass } from "../break-glass/open-break-glass.ts";
import type { PasswordSignIns } from "../fallback/password-sign-ins.ts";
import type { FederatedSignIns } from "../federation/federated-sign-ins.ts";
import type { BrokerKey } from "../main/broker-key.ts";
import type { BrokerConfiguration } from "../main/configuration.ts";
import type { SecondFactorSignIns } from "../second-factor/second-factor-sign-ins.ts";
import { describeHealth } from "../services/broker-health.ts";
import type { CardSignIns } from "../services/card-sign-ins.ts";
import type { Enrolments, Workstation } from "../services/enrolments.ts";
import { type House, placeOf } from "../services/house.ts";
import { fingerprint } from "../services/identifiers.ts";
import { nodeTimers } from "../services/node-timers.ts";
import type { Portal } from "../services/portal.ts";
import type { PushHub } from "../services/push-hub.ts";
import type { SessionActivities } from "../services/session-activities.ts";
import type { SessionEndings } from "../services/session-endings.ts";
import type { Sessions } from "../services/sessions.ts";
import type { SignInStatistics } from "../services/sign-in-statistics.ts";
import type { StepUps } from "../services/step-ups.ts";
import { recordReport } from "../services/workstation-reports.ts";
import { fitting } from "../steps/fitting.ts";
import type { Store } from "../store/store.ts";
import { rememberWorkstation } from "../store/workstation-state-table.ts";
import { answerFailures } from "./answer-failures.ts";
import { describeSession } from "./describe-session.ts";
import { Listener } from "./listener.ts";

export interface AgentDoorParts {
  readonly configuration: BrokerConfiguration;
  readonly house: House;
  readonly key: BrokerKey;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly enrolments: Enrolments;
  readonly sessions: Sessions;
  readonly sessionEndings: SessionEndings;
  readonly cardSignIns: CardSignIns;
  readonly stepUps: StepUps;
  readonly activities: SessionActivities;
  readonly portal: Portal;
  readonly hub: PushHub;
  readonly checkpoints: TrailCheckpoints;
  readonly statistics: SignInStatistics;
  readonly secondFactorSignIns: SecondFactorSignIns;
  /** Where a federation is configured. */
  readonly federated: FederatedSignIns | undefined;
  /** Where temporary access is configured. */
  readonly passwords: PasswordSignIns | undefined;
  /** Where emergency access is configured. */
  readonly breakGlass: OpenBreakGlass | undefined;
}

/** The door as the broker sees it. */
export interface AgentDoor {
  /** Lets live lines go, answers what is being asked, and ends whatever else is connected. */
  close(): Promise<void>;
}

const nothing = z.object({});
/** Shorter than a workstation waits for an answer. */
const silenceMs = 3_000;
const largestBody = 64 * 1024;

/**
 * The door for workstations: TLS 1.3, the workstation's own key demanded, every body checked against its schema both ways.
 * What leaves of a failure is its code and a reference; the rest stays in the log. Listens where the configuration says.
 */
export async function openAgentDoor(parts: AgentDoorParts): Promise<AgentDoor> {
  const { key, enrolments, sessions, sessionEndings, cardSignIns, stepUps, activities, portal, store, clock } = parts;
  const { federated, passwords, secondFactorSignIns, breakGlass } = parts;
  const door = Fastify({
    https: {
      key: key.key,
      cert: key.certificate,
      minVersion: "TLSv1.3",
      requestCert: true,
      // Workstations sign their own certificates: what counts is the key, and whether it is enrolled.
      rejectUnauthorized: false,
    },
    bodyLimit: largestBody,
  });
  await door.register(websocket, {
    options: { maxPayload: largestBody },
    // A line is not asked whether it agrees, and has not said hello perhaps.
    preClose(done) {
      for (const line of door.websocketServer.clients) line.terminate();
      door.websocketServer.close();
      done();
    },
  });
  answerFailures(door, parts.log);

  /** A POST that only an enrolled workstation may make. */
  const accept = <Request extends z.ZodType, Answer extends z.ZodType>(
    path: string,
    request: Request,
    answer: Answer,
    act: (workstation: Workstation, body: z.output<Request>) => Promise<z.input<Answer>>,
  ) =>
    door.post(path, async incoming => {
      const workstation = await enrolledWorkstation(incoming, enrolments);
      return answer.parse(await act(workstation, fitting(request, incoming.body)));
    });

  door.post(brokerPaths.enrolments, async request => {
    const { secret, name } = fitting(enrolmentRequest, request.body);
    const workstation = await enrolments.enrol(secret, name, keyHashOf(request));
    return describeWorkstation(workstation, parts);
  });
  door.get(brokerPaths.workstation, async request =>
    describeWorkstation(await enrolledWorkstation(request, enrolments), parts),
  );
  door.get(brokerPaths.health, async request => {
    await enrolledWorkstation(request, enrolments);
    return brokerHealth.parse(await describeHealth(parts));
  });
  accept(
    brokerPaths.challenges,
    challengeRequest,
    challengeAnswer,
    async (workstation, { certificate, presenceAllowed }) => {
      return cardSignIns.challenge(workstation, derOf(certificate), presenceAllowed);
    },
  );
  accept(brokerPaths.proofs, proofRequest, sessionDescription, async (workstation, { nonce, proof, stages }) => {
    const taken = await cardSignIns.prove(workstation, nonce, proof, stages);
    return describeSession(taken.session, workstation, taken, parts);
  });
  accept(brokerPaths.session, sessionRequest, sessionDescription, async (workstation, { seat }) =>
    describeSession(await sessions.openAt(workstation.id, seat), workstation, { resumed: true }, parts),
  );
  accept(brokerPaths.phoneAsk, phoneAsk, phoneAsked, (workstation, { identifier }) =>
    offered(federated).begin(workstation, identifier),
  );
  accept(brokerPaths.phoneAwait, phoneAwait, phoneAnswer, async (workstation, { request }) => {
    const taken = await offered(federated).answer(workstation, request, silenceMs);
    return taken === undefined ? {} : { session: await describeSession(taken.session, workstation, taken, parts) };
  });
  accept(brokerPaths.phoneCancel, nothing, nothing, async workstation => {
    federated?.cancel(workstation);
    return {};
  });
  accept(brokerPaths.passwordSignIn, passwordSignIn, sessionDescription, async (workstation, { who, password }) => {
    const taken = await offered(passwords).signIn(workstation, who, Uint8Array.from(password));
    return describeSession(taken.session, workstation, taken, parts);
  });
  accept(brokerPaths.secondFactorOwed, nothing, owedSecondFactor, async workstation =>
    secondFactorSignIns.owedAt(workstation),
  );
  accept(brokerPaths.secondFactorCode, codeProof, sessionDescription, async (workstation, { request, code }) => {
    const taken = await secondFactorSignIns.byCode(workstation, request, Uint8Array.from(code));
    return describeSession(taken.session, workstation, taken, parts);
  });
  accept(brokerPaths.secondFactorKey, keyPageRequest, keyPageAnswer, async (workstation, { request }) =>
    secondFactorSignIns.keyPage(workstation, request),
  );
  accept(brokerPaths.secondFactorAwaitKey, keyAwait, keyAnswer, async (workstation, awaited) => {
    const taken = await secondFactorSignIns.byKey(workstation, awaited, silenceMs);
    return taken === undefined ? {} : { session: await describeSession(taken.session, workstation, taken, parts) };
  });
  accept(brokerPaths.secondFactorAbandon, nothing, nothing, async workstation => {
    await secondFactorSignIns.abandon(workstation);
    return {};
  });
  accept(brokerPaths.glassRaise, glassRaise, nothing, async (workstation, { seat, application, ...reason }) => {
    await offered(breakGlass).openings.raise(workstation, seat, application, reason);
    return {};
  });
  accept(brokerPaths.glassSignIn, glassSignIn, sessionDescription, async (workstation, { who, ...reason }) => {
    const taken = await offered(breakGlass).openings.signIn(workstation, who, reason);
    return describeSession(taken.session, workstation, taken, parts);
  });
  accept(brokerPaths.glassEnd, glassEnd, nothing, async (workstation, { seat }) => {
    await offered(breakGlass).endings.end(workstation, seat);
    return {};
  });
  accept(
    brokerPaths.stepUpChallenges,
    stepUpChallengeRequest,
    challengeAnswer,
    (workstation, { stepUp, certificate }) => stepUps.challenge(workstation, stepUp, derOf(certificate)),
  );
  accept(
    brokerPaths.stepUpProofs,
    stepUpProofRequest,
    sessionDescription,
    async (workstation, { stepUp, nonce, proof }) => {
      const session = await stepUps.prove(workstation, stepUp, nonce, proof);
      return describeSession(session, workstation, { resumed: true }, parts);
    },
  );
  accept(brokerPaths.stepUpRefusals, stepUpRefusal, nothing, async (workstation, { stepUp, code, triesLeft }) => {
    await stepUps.refuse(workstation, stepUp, code, triesLeft);
    return {};
  });
  accept(brokerPaths.activity, activityRequest, sessionDescription, async (workstation, { seat, activity }) =>
    describeSession(await activities.choose(workstation, seat, activity), workstation, { resumed: true }, parts),
  );
  accept(brokerPaths.favourites, favouriteRequest, nothing, async (workstation, { seat, application, favourite }) => {
    await portal.keepFavourite(workstation, seat, application, favourite);
    return {};
  });
  accept(brokerPaths.cover, coverRequest, seatCovered, (workstation, { seat, reason, agoMs }) =>
    sessions.cover(workstation, seat, reason, agoMs),
  );
  accept(brokerPaths.end, endRequest, nothing, async (workstation, { seat }) => {
    await sessionEndings.end(workstation, seat);
    return {};
  });
  accept(brokerPaths.launches, launchRequest, launchAnswer, (workstation, { seat, application }) =>
    portal.launch(workstation, seat, application),
  );
  accept(brokerPaths.launchClosed, launchClosed, nothing, async (workstation, { seat, application }) => {
    await portal.closed(workstation, seat, application);
    return {};
  });
  accept(brokerPaths.reports, workstationReport, nothing, async (workstation, report) => {
    await recordReport(store, clock, workstation, report);
    return {};
  });
  accept(brokerPaths.measured, measuredReport, nothing, async (workstation, { measured }) => {
    parts.statistics.measured(workstation, measured);
    return {};
  });
  door.get(brokerPaths.push, { websocket: true }, (line, request) => {
    void welcome(line, request, parts).catch(() => line.close(4001, "refused"));
  });
  await door.ready();
  const listener = await Listener.open(door.server, parts.configuration.agents, nodeTimers);
  return {
    async close() {
      await Promise.all([listener.close(), door.close()]);
    },
  };
}

function offered<SignIns>(signIns: SignIns | undefined): SignIns {
  if (signIns === undefined) throw new Failure("request-malformed");
  return signIns;
}

function derOf(certificate: string): Uint8Array {
  const der = fromBase64(certificate);
  if (der === undefined) throw new Failure("request-malformed");
  return der;
}

/** The workstation says hello, is told what it missed, and hears everything from then on. */
async function welcome(line: WebSocket, request: FastifyRequest, parts: AgentDoorParts): Promise<void> {
  const first = new Promise<unknown>((resolve, reject) => {
    line.once("message", data => resolve(JSON.parse(String(data))));
    line.once("close", () => reject(new Error("closed before hello")));
  });
  // Nobody waits for it where the workstation is refused before it says anything.
  first.catch(() => {});
  line.on("error", () => line.terminate());
  const workstation = await enrolledWorkstation(request, parts.enrolments);
  const { seat, checkpoint } = fitting(pushHello, await first);
  const tell = (message: PushMessage) => line.send(JSON.stringify(message));
  if (line.readyState !== line.OPEN) return;
  // Before anything is looked up: what happens to the seat meanwhile is told by the hub, and not lost between the two.
  parts.hub.join(workstation.id, line);
  await keepPresence(line, workstation, parts);
  const lost = await parts.sessions.reconcile(workstation, seat);
  tell({ type: "welcome", now: parts.clock.now() });
  if (parts.checkpoints.latest !== undefined) tell({ type: "trail-checkpoint", note: parts.checkpoints.latest });
  if (seat !== null && lost !== undefined) {
    const workstationName = lost.movedTo === null ? undefined : await parts.enrolments.nameOf(lost.movedTo);
    tell({ type: "seat-lost", seat, reason: lost.reason, at: lost.at, workstationName });
  }
  if (checkpoint === null) return;
  const witness = { workstation: workstation.id, place: workstation.place };
  // What is wrong with the trail keeps no workstation from its line.
  await parts.checkpoints
    .hear(checkpoint, witness)
    .catch(problem => parts.log.warn("checkpoint-not-compared", { detail: String(problem) }));
}

/** What the workstation says of itself, and when it was last there, is kept; what cannot be written keeps nobody from his line. */
async function keepPresence(
  line: WebSocket,
  { id }: Workstation,
  { store, clock, log }: AgentDoorParts,
): Promise<void> {
  const keep = (state?: WorkstationState) =>
    store
      .write(tx => rememberWorkstation(tx, id, clock.now(), state))
      .catch((problem: unknown) => log.warn("presence-not-kept", { detail: String(problem) }));
  line.on("message", data => {
    const state = workstationState.safeParse(jsonIn(String(data)));
    if (state.success) void keep(state.data);
  });
  line.on("close", () => void keep());
  await keep();
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function enrolledWorkstation(request: FastifyRequest, enrolments: Enrolments): Promise<Workstation> {
  const workstation = await enrolments.byKey(keyHashOf(request));
  if (workstation === undefined) throw new Failure("workstation-unknown");
  return workstation;
}

/** The peer's key, once per connection: reading a certificate is dear. */
const keyHashes = new WeakMap<object, string>();

function keyHashOf(request: FastifyRequest): string {
  const socket = request.raw.socket as TLSSocket;
  const known = keyHashes.get(socket);
  if (known !== undefined) return known;
  const certificate: X509Certificate | undefined = socket.getPeerX509Certificate();
  if (certificate === undefined) throw new Failure("workstation-unknown");
  const hash = fingerprint(certificate.publicKey.export({ type: "spki", format: "der" }));
  keyHashes.set(socket, hash);
  return hash;
}

function describeWorkstation(
  workstation: Workstation,
  { house, configuration, federated, passwords, breakGlass }: AgentDoorParts,
) {
  const ways = breakGlass?.openings.waysAt(workstation.place) ?? [];
  const place = placeOf(house, workstation.place);
  return workstationDescription.parse({
    workstation: workstation.id,
    name: workstation.name,
    place: workstation.place,
    placeName: place?.name ?? workstation.place,
    helpdeskPhone: place?.helpdeskPhone ?? "",
    demonstration: configuration.demonstration,
    federation: federated?.offeredAt(workstation.place),
    temporaryAccess: passwords?.offeredAt(workstation.place).temporary,
    directoryPassword: passwords?.offeredAt(workstation.place).directory,
    ...(configuration.breakGlass === undefined || ways.length === 0
      ? {}
      : {
          breakGlass: {
            minutes: configuration.breakGlass.minutes,
            reasons: configuration.breakGlass.reasons,
            withoutCard: ways.includes("without-card"),
          },
        }),
  });
}
