import type {
  ComplianceFact,
  ComplianceId,
  ComplianceState,
  Evidence,
  Framework,
} from "../../../protocol/broker/console/compliance.ts";
import type { SettingsInForce } from "./settings-in-force.ts";

/** What a framework asks, and how the settings in force answer it. */
export interface Requirement {
  readonly id: ComplianceId;
  readonly framework: Framework;
  /** As the framework numbers it; a name where it has no numbers. */
  readonly number: string;
  /** A state that no setting changes, or what the settings make of it. */
  readonly state: ComplianceState | ((settings: SettingsInForce) => ComplianceState);
  readonly facts: readonly ComplianceFact[];
  readonly evidence: readonly Evidence[];
}

export const page = (name: string): Evidence => ({ kind: "page", page: name });
export const document = (path: string): Evidence => ({ kind: "document", path });
export const command = (line: string): Evidence => ({ kind: "command", line });
