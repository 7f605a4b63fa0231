import { formatEnrolmentCode } from "../../core/enrolment/enrolment-code.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { openAgentDoor } from "../routes/agent-door.ts";
import { openMetricsDoor } from "../routes/metrics-door.ts";
import { placeOf } from "../services/house.ts";
import { nodeTimers } from "../services/node-timers.ts";
import { BrokerLife } from "./broker-life.ts";
import type { BrokerConfiguration } from "./configuration.ts";
import { openBrowserDoor } from "./open-browser-door.ts";
import { openCardTrust } from "./open-card-trust.ts";
import { openGround } from "./open-ground.ts";
import { openHouse } from "./open-house.ts";
import { openPortal } from "./open-portal.ts";
import { openSessions } from "./open-sessions.ts";
import { openSignIns } from "./open-sign-ins.ts";
import { openTrail } from "./open-trail.ts";
import { openWorkstations } from "./open-workstations.ts";

export interface Broker {
  readonly agentsOrigin: string;
  readonly webOrigin: string;
  /** A fresh one-time code for a workstation of this place. Rejects where there is no such place. */
  enrolmentCode(place: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts the broker, part by part: each takes what the earlier ones hand out, and the doors come last. Rejects where any of it cannot be
 * had; what was opened before is closed then, the last first, as it is when the broker closes.
 */
export async function startBroker(configuration: BrokerConfiguration, clock: Clock, log: Log): Promise<Broker> {
  await using life = new BrokerLife(nodeTimers, log);
  const ground = await openGround({ configuration, clock, log, life });
  const trust = await openCardTrust(ground);
  const house = await openHouse(ground);
  const workstations = openWorkstations(ground);
  const sessions = await openSessions({ ...ground, ...trust, ...house, ...workstations });
  const portal = openPortal({ ...ground, ...house, ...workstations, ...sessions });
  const trail = await openTrail({ ...ground, ...workstations });
  // A crash, or another program on the same store, may have left sessions of holders who may not be here.
  await sessions.sessionEndings.endWithdrawn();
  const signIns = await openSignIns({ ...ground, ...house, ...workstations, ...sessions, ...portal });
  const parts = { ...ground, ...trust, ...house, ...workstations, ...sessions, ...portal, ...trail, ...signIns };
  await openBrowserDoor(parts);
  life.keep(await openAgentDoor(parts));
  const { metrics, directory, breakGlass } = configuration;
  const states = { ...parts, directory, breakGlass, sources: () => parts.trust.states() };
  if (metrics !== undefined) life.keep(await openMetricsDoor(states, metrics));
  return {
    agentsOrigin: configuration.agents.origin,
    webOrigin: configuration.web.origin,
    async enrolmentCode(place) {
      if (placeOf(parts.house, place) === undefined) throw new Error(`no place “${place}”`);
      const { secret } = await parts.enrolments.newSecret(place);
      return formatEnrolmentCode({ secret, brokerKey: parts.key.fingerprint });
    },
    close: life.begin(),
  };
}
