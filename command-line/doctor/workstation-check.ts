import { statSync } from "node:fs";
import { asFailure } from "../../core/errors/failure.ts";
import { version as ownVersion } from "../../core/version.ts";
import { askBroker } from "../../electron/main/broker/broker-request.ts";
import { type Enrolment, readEnrolment } from "../../electron/main/broker/enrolment.ts";
import { pinnedAgent } from "../../electron/main/broker/pinned-agent.ts";
import { readSettings } from "../../electron/main/workstation-settings.ts";
import { type BrokerHealth, brokerHealth } from "../../protocol/broker/health.ts";
import { brokerPaths } from "../../protocol/broker/paths.ts";
import type { CardHostSettings } from "../../protocol/card-host/settings.ts";
import { type Finding, finding } from "./finding.ts";
import { examineDisk } from "./machine-check.ts";

/** What a workstation's folder says, and what its broker answers. */
export interface ExaminedWorkstation {
  readonly findings: readonly Finding[];
  readonly settings: Partial<CardHostSettings>;
  readonly enrolment: Enrolment | undefined;
}

const mostSecondsOff = 30;
/** Anybody but the owner. */
const others = 0o077;

/** `state`: the folder that `wardkey enrol` was given. */
export async function examineWorkstation(state: string): Promise<ExaminedWorkstation> {
  const { settings, settingsFindings } = settingsIn(state);
  const enrolment = enrolmentIn(state);
  if (enrolment === undefined) return { findings: [...settingsFindings, finding("not-enrolled")], settings, enrolment };
  const findings = [
    ...settingsFindings,
    finding("enrolled", { place: enrolment.keyFile === undefined ? "keyring" : "file" }),
    ...keyFileFindings(enrolment.keyFile),
    ...(await examineBroker(enrolment)),
    ...examineDisk(state),
  ];
  return { findings, settings, enrolment };
}

function settingsIn(state: string) {
  try {
    return { settings: readSettings(state), settingsFindings: [] };
  } catch {
    return { settings: {}, settingsFindings: [finding("settings-malformed")] };
  }
}

function enrolmentIn(state: string): Enrolment | undefined {
  try {
    return readEnrolment(state);
  } catch {
    return undefined;
  }
}

function keyFileFindings(file: string | undefined): Finding[] {
  if (file === undefined || process.platform === "win32") return [];
  const { mode } = statSync(file);
  return (mode & others) === 0 ? [] : [finding("key-file-open", { mode: (mode & 0o777).toString(8) })];
}

async function examineBroker({ origin, tls }: Enrolment): Promise<Finding[]> {
  const agent = pinnedAgent(tls);
  const [startedAt, sentAt] = [performance.now(), Date.now()];
  try {
    const health = await askBroker({ origin, agent, path: brokerPaths.health, answer: brokerHealth });
    return judgeBroker(health, Math.round(performance.now() - startedAt), (sentAt + Date.now()) / 2);
  } catch (thrown) {
    return [finding("broker-failed", { failure: asFailure(thrown).code })];
  } finally {
    agent.destroy();
  }
}

/** `at`: this machine's clock halfway between question and answer. */
export function judgeBroker({ version, now, trust }: BrokerHealth, milliseconds: number, at: number): Finding[] {
  const seconds = Math.round((at - now) / 100) / 10;
  const { good, late, aged, none } = trust.sources;
  const notGood = late + aged + none;
  return [
    finding("broker-answers", { version, milliseconds }),
    ...(version === ownVersion ? [] : [finding("broker-version-differs", { version })]),
    finding(Math.abs(seconds) > mostSecondsOff ? "clock-off" : "clock-agrees", { seconds }),
    notGood > 0 ? finding("trust-aged", { count: notGood }) : finding("trust-current", { count: good }),
  ];
}
