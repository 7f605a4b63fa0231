import { createHash, randomUUID } from "node:crypto";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { SeatApplications } from "../../core/ports/screen.ts";
import type { Timers } from "../../core/ports/timers.ts";
import { type Agent, startAgent } from "../agent/agent.ts";
import type { WindowPeer } from "../ipc/window-peer.ts";
import { BrokerClient } from "./broker/broker-client.ts";
import { readEnrolment } from "./broker/enrolment.ts";
import { CardHostClient } from "./card-host/card-host-client.ts";
import { keptLog } from "./kept-log.ts";
import { onlyReader } from "./only-reader.ts";
import { readSettings } from "./workstation-settings.ts";

/** What shows the window and the applications: the kiosk host or the Electron host. */
export interface WorkstationHost {
  /** As the house's list of workstations names it. */
  readonly name: "kiosk" | "desktop" | "none";
  readonly applications: SeatApplications;
  /** Resolves when the window is there. */
  showWindow(peer: WindowPeer): Promise<void>;
  close(): Promise<void>;
}

export interface WorkstationOptions {
  /** The folder that holds the enrolment. */
  readonly state: string;
  readonly host: WorkstationHost;
  /** Only this PC/SC reader is this workstation's; all of them where it is absent. */
  readonly reader?: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Workstation {
  readonly agent: Agent;
  close(): Promise<void>;
}

const timers: Timers = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Puts a workstation together: readers, broker, agent, window. Throws the `Failure` `workstation-unknown` where it is not
 * enrolled, and `settings-malformed`; rejects where the window cannot be shown.
 */
export async function startWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const { host, clock } = options;
  const broker = new BrokerClient(readEnrolment(options.state), host.name);
  const log = keptLog(options.log, options.state, clock);
  const everyReader = new CardHostClient(log, readSettings(options.state));
  const readers = options.reader === undefined ? everyReader : onlyReader(everyReader, options.reader);
  const agent = startAgent({
    readers,
    broker,
    applications: host.applications,
    clock,
    monotonic: { now: () => performance.now() },
    timers,
    uuid: randomUUID,
    sha256: bytes => createHash("sha256").update(bytes).digest(),
    log,
  });
  const close = async () => {
    await agent.close();
    await Promise.all([host.close(), readers.close(), broker.close()]);
  };
  try {
    await host.showWindow(agent);
  } catch (problem) {
    await close();
    throw problem;
  }
  return { agent, close };
}
