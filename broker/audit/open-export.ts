import type { Log } from "../../core/ports/log.ts";
import { nodeTimers } from "../services/node-timers.ts";
import type { Store } from "../store/store.ts";
import { ContinuousExport } from "./continuous-export.ts";
import { fhirReceiver } from "./fhir-receiver.ts";
import type { KnownPersons } from "./known-persons.ts";
import { syslogReceiver } from "./syslog-receiver.ts";
import type { TrailExport } from "./trail-configuration.ts";
import type { TrailReceiver } from "./trail-receiver.ts";

interface Parts {
  readonly store: Store;
  readonly origin: string;
  readonly persons: KnownPersons;
  readonly log: Log;
}

/** Starts a configured export. Throws where a file that it names cannot be read. */
export function openExport(to: TrailExport, { store, origin, persons, log }: Parts): ContinuousExport {
  return new ContinuousExport({
    ...{ name: to.name, receiver: receiverOf(to), origin, store, timers: nodeTimers, log },
    persons: to.identifiers === "clear" ? persons : undefined,
  });
}

function receiverOf(to: TrailExport): TrailReceiver {
  switch (to.to) {
    case "syslog":
      return syslogReceiver(to);
    case "fhir":
      return fhirReceiver(to);
    default:
      return to satisfies never;
  }
}
