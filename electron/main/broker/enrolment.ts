import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parseEnrolmentCode } from "../../../core/enrolment/enrolment-code.ts";
import { Failure } from "../../../core/errors/failure.ts";
import { type SecretPlace, SecretStore } from "../../../native-bindings/secret-store/secret-store.ts";
import { workstationDescription } from "../../../protocol/broker/enrolment.ts";
import { brokerPaths } from "../../../protocol/broker/paths.ts";
import { askBroker } from "./broker-request.ts";
import { type MutualTls, pinnedAgent } from "./pinned-agent.ts";
import { certifyWorkstationKey, makeWorkstationKey } from "./workstation-key.ts";

const enrolmentFile = z.object({
  origin: z.url(),
  brokerKey: z.string(),
  workstation: z.string(),
  name: z.string(),
  certificate: z.string(),
  keyIn: z.enum(["keyring", "file"]),
});

/** What a workstation knows after enrolment: where its broker is, by which key it knows it, and its own key. */
export interface Enrolment {
  readonly origin: string;
  readonly workstation: string;
  readonly name: string;
  readonly tls: MutualTls;
  /** Where the key stands, where no keyring has it. */
  readonly keyFile: string | undefined;
  /** Where the last checkpoint of the broker's trail is kept. */
  readonly checkpointFile: string;
}

interface EnrolmentRequest {
  readonly origin: string;
  readonly code: string;
  readonly name: string;
  /** The workstation's state: only its user may read it. */
  readonly directory: string;
  readonly now: number;
}

const file = (directory: string) => join(directory, "enrolment.json");
const checkpointFile = (directory: string) => join(directory, "trail-checkpoint");
const secretName = (workstation: string) => `workstation-${workstation}`;

/**
 * Makes this workstation's key and enrols it. The broker's key is compared with the code's fingerprint before the secret is
 * said. Rejects with `enrolment-code-wrong`, `broker-untrusted` or `broker-unreachable`.
 */
export async function enrolWorkstation({
  origin,
  code,
  name,
  directory,
  now,
}: EnrolmentRequest): Promise<{ enrolment: Enrolment; keyIn: SecretPlace }> {
  const parsed = parseEnrolmentCode(code);
  if (parsed === undefined) throw new Failure("enrolment-code-wrong", { detail: "not a whole code" });
  const key = makeWorkstationKey();
  const certificate = certifyWorkstationKey(key, now);
  const tls = { key, certificate, brokerKey: parsed.brokerKey };
  const agent = pinnedAgent(tls);
  const body = { secret: parsed.secret, name };
  const described = await askBroker({
    origin,
    agent,
    path: brokerPaths.enrolments,
    body,
    answer: workstationDescription,
  }).finally(() => agent.destroy());
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const secrets = new SecretStore(directory);
  const keyIn = secrets.write(secretName(described.workstation), key);
  const known = { origin, brokerKey: parsed.brokerKey, workstation: described.workstation, name, certificate, keyIn };
  writeFileSync(file(directory), JSON.stringify(known, undefined, 2), { mode: 0o600 });
  const keyFile = secrets.fileOf(secretName(described.workstation));
  // Another broker's trail is none of this one's business.
  rmSync(checkpointFile(directory), { force: true });
  const kept = { keyFile, checkpointFile: checkpointFile(directory) };
  return { enrolment: { origin, workstation: described.workstation, name, tls, ...kept }, keyIn };
}

/** The enrolment kept in this directory. Throws `workstation-unknown` where there is none, or its key is gone. */
export function readEnrolment(directory: string): Enrolment {
  if (!existsSync(file(directory))) throw new Failure("workstation-unknown", { detail: `no ${file(directory)}` });
  const parsed = enrolmentFile.safeParse(JSON.parse(readFileSync(file(directory), "utf8")));
  const secrets = new SecretStore(directory);
  const key = parsed.success ? secrets.read(secretName(parsed.data.workstation)) : undefined;
  if (!parsed.success || key === undefined)
    throw new Failure("workstation-unknown", { detail: `${file(directory)} or its key cannot be read` });
  const { origin, workstation, name, certificate, brokerKey } = parsed.data;
  const keyFile = secrets.fileOf(secretName(workstation));
  const kept = { keyFile, checkpointFile: checkpointFile(directory) };
  return { origin, workstation, name, tls: { key, certificate, brokerKey }, ...kept };
}
