import { randomUUID } from "node:crypto";
import type { SeatLossReason } from "../../core/session/session.ts";

/** What this hub tells (FHIRcast STU3, sections 3.2.1 to 3.2.3). Names are compared without regard to case. */
export const hubEvents = ["userhibernate", "userlogout", "syncerror"] as const;
export type HubEventName = (typeof hubEvents)[number];

/** An event notification (section 2.5). */
export interface Notification {
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly id: string;
  readonly event: {
    readonly "hub.topic": string;
    readonly "hub.event": HubEventName;
    readonly context: readonly unknown[];
  };
}

const codeSystem = "http://hl7.org/fhir/uv/fhircast/CodeSystem/fhircast-codesystem";
const userInitiated = { system: codeSystem, code: "user-initiated", display: "User initiated action." };
const systemInitiated = { system: codeSystem, code: "system-initiated", display: "System initiated action" };

export function hibernation(topic: string, at: number): Notification {
  return notification(topic, at, "userhibernate", [parameters(userInitiated)]);
}

export function logout(topic: string, at: number, reason: SeatLossReason): Notification {
  const byHolder = reason === "ended" || reason === "moved";
  return notification(topic, at, "userlogout", [parameters(byHolder ? userInitiated : systemInitiated)]);
}

/** One subscriber did not follow `about`; `diagnostics` is for people. */
export function syncError(about: Notification, at: number, subscriber: string, diagnostics: string): Notification {
  const { id, event } = about;
  const coding = [
    { system: "https://fhircast.hl7.org/events/syncerror/eventid", code: id },
    { system: "https://fhircast.hl7.org/events/syncerror/eventname", code: event["hub.event"] },
    { system: "https://fhircast.hl7.org/events/syncerror/subscribername", code: subscriber },
  ];
  const issue = [{ severity: "warning", code: "processing", diagnostics, details: { coding } }];
  const context = [{ key: "operationoutcome", resource: { resourceType: "OperationOutcome", issue } }];
  return notification(event["hub.topic"], at, "syncerror", context);
}

export function notification(
  topic: string,
  at: number,
  name: HubEventName,
  context: readonly unknown[],
  id: string = randomUUID(),
): Notification {
  return {
    timestamp: new Date(at).toISOString(),
    id,
    event: { "hub.topic": topic, "hub.event": name, context },
  };
}

function parameters(valueCoding: object) {
  return { key: "parameters", resource: { resourceType: "Parameters", parameter: [{ name: "code", valueCoding }] } };
}
