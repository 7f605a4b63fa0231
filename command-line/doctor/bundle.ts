import { arch, platform, release } from "node:os";
import { version } from "../../core/version.ts";
import type { Finding } from "./finding.ts";
import { finding } from "./finding.ts";
import type { TakenLine } from "./log-lines.ts";
import type { ExaminedWorkstation } from "./workstation-check.ts";

interface BundleParts {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly findings: readonly Finding[];
  readonly workstation: Pick<ExaminedWorkstation, "settings" | "enrolment"> | undefined;
  readonly log: readonly TakenLine[];
}

/**
 * What support gets: one JSON text that any editor opens. It is put together from what may leave the machine, member by member,
 * and holds no name, no identifier, no secret and nothing that was written freely.
 */
export function writeBundle({ at, findings, workstation, log }: BundleParts): string {
  const bundle = {
    format: "wardkey-doctor-1",
    madeAt: new Date(at).toISOString(),
    versions: { wardkey: version, node: process.version, system: `${platform()} ${release()} ${arch()}` },
    configuration: configurationOf(workstation),
    // Made anew of their facts.
    findings: findings.map(({ code, facts }, index) => ({ number: index + 1, ...finding(code, facts) })),
    log,
  };
  return `${JSON.stringify(bundle, undefined, 2)}\n`;
}

function configurationOf(workstation: BundleParts["workstation"]) {
  const { settings, enrolment } = workstation ?? {};
  return {
    ...(settings?.ignorePinPad === undefined ? {} : { ignorePinPad: settings.ignorePinPad }),
    ...(enrolment === undefined ? {} : { broker: new URL(enrolment.origin).origin }),
  };
}
