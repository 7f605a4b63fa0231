import type { BrokerConnection } from "../../core/ports/broker-connection.ts";
import type { CardReaders } from "../../core/ports/card-readers.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Sha256 } from "../../core/ports/digest.ts";
import type { Log } from "../../core/ports/log.ts";
import type { SeatApplications } from "../../core/ports/screen.ts";
import type { Timers } from "../../core/ports/timers.ts";

export interface AgentPorts {
  readonly readers: CardReaders;
  readonly broker: BrokerConnection;
  readonly applications: SeatApplications;
  readonly clock: Clock;
  /** For durations; never steps back. */
  readonly monotonic: Clock;
  readonly timers: Timers;
  readonly uuid: () => string;
  readonly sha256: Sha256;
  readonly log: Log;
}
