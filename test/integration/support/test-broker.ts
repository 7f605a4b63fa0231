import { createHash, sign } from "node:crypto";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { z } from "zod";
import { type BrokerConfiguration, brokerConfiguration } from "../../../broker/main/configuration.ts";
import { type Broker, startBroker } from "../../../broker/main/start-broker.ts";
import { newKeyRing } from "../../../broker/oidc/key-ring.ts";
import type { OfferedChallenge, SeatedSession } from "../../../core/ports/broker-connection.ts";
import type { Log } from "../../../core/ports/log.ts";
import { assembleProof, type ProofAlgorithm, proofSigningInput } from "../../../core/proof/proof.ts";
import type { TrailRecord } from "../../../core/trail/trail-record.ts";
import { freePorts } from "../../../demo/ward/free-ports.ts";
import type { BrokerClient } from "../../../electron/main/broker/broker-client.ts";
import { type Enrolment, enrolWorkstation } from "../../../electron/main/broker/enrolment.ts";
import {
  type DemonstrationAuthority,
  type DemonstrationKey,
  openDemonstrationAuthority,
} from "../../../native-bindings/simulator/authority/demonstration-authority.ts";
import { demonstrationCards } from "../../../native-bindings/simulator/authority/demonstration-cards.ts";
import { databaseFor, inTestStore } from "../../fixtures/test-stores.ts";

// Making RSA keys takes a broker's first start longest: once for all brokers of a suite, with those of the cards used most.
const providerKeys = JSON.stringify(newKeyRing(Date.now()));
const authorityFolder = mkdtempSync(join(tmpdir(), "wardkey-authority-"));
process.once("exit", () => rmSync(authorityFolder, { recursive: true, force: true }));
const template = openDemonstrationAuthority(join(authorityFolder, "pki"), Date.now());
for (const card of demonstrationCards.filter(({ id }) => id === "physician" || id === "nurse")) template.keysOf(card);

export const silentLog: Log = { info() {}, warn() {} };

/** A whole broker on loopback with a clock of its own, and the demonstration authority that it trusts. */
export class TestBroker {
  readonly directory: string;
  readonly authority: DemonstrationAuthority;
  configuration: BrokerConfiguration;
  aheadMs = 0;
  broker: Broker;

  private constructor(
    directory: string,
    authority: DemonstrationAuthority,
    configuration: BrokerConfiguration,
    broker: Broker,
  ) {
    this.directory = directory;
    this.authority = authority;
    this.configuration = configuration;
    this.broker = broker;
  }

  /** `web`: of the door for browsers, whose port is chosen here; `domain`: by which name they reach it. */
  static async start(
    change: Partial<z.input<typeof brokerConfiguration>> = {},
    web: Partial<z.input<typeof brokerConfiguration>["web"]> = {},
    domain = "127.0.0.1",
  ): Promise<TestBroker> {
    const directory = mkdtempSync(join(tmpdir(), "wardkey-broker-"));
    cpSync(join(authorityFolder, "pki"), join(directory, "pki"), { recursive: true });
    const authority = openDemonstrationAuthority(join(directory, "pki"), Date.now());
    const [agents = 0, port = 0] = await freePorts(2);
    const application = (id: string, professions?: number[]) => ({
      id,
      name: id,
      icon: "file-text",
      initiateLoginUri: `http://127.0.0.1:1/${id}/login`,
      client: {
        clientId: id,
        clientSecret: "a secret of at least thirty-two characters",
        redirectUris: [`http://127.0.0.1:1/${id}/callback`],
        backchannelLogoutUri: `http://127.0.0.1:1/${id}/logout`,
      },
      ...(professions === undefined ? {} : { professions }),
    });
    const store = change.store ?? join(directory, "broker.sqlite");
    const postgresql = databaseFor(store);
    const configuration = brokerConfiguration.parse({
      store,
      ...(postgresql === undefined ? {} : { postgresql }),
      agents: { host: "127.0.0.1", port: agents, origin: `https://127.0.0.1:${agents}` },
      web: { host: "127.0.0.1", port, origin: `http://${domain}:${port}`, ...web },
      trust: { anchors: authority.anchors, intermediates: authority.intermediates, crls: authority.crls },
      demonstration: true,
      places: [{ id: "ward", name: "Ward", helpdeskPhone: "1234", graceSeconds: 300 }],
      applications: [application("record"), application("prescriptions", [10])],
      ...change,
    });
    writeFileSync(`${configuration.store}.provider-keys`, providerKeys, { mode: 0o600, flush: true });
    const started: { test?: TestBroker } = {};
    const broker = await startBroker(
      configuration,
      { now: () => Date.now() + (started.test?.aheadMs ?? 0) },
      silentLog,
    );
    const test = new TestBroker(directory, authority, configuration, broker);
    started.test = test;
    return test;
  }

  /** With what is changed in its configuration. */
  async restart(change: Partial<BrokerConfiguration> = {}): Promise<void> {
    await this.broker.close();
    this.configuration = { ...this.configuration, ...change };
    await this.restartStopped();
  }

  /** After its broker was closed. */
  async restartStopped(): Promise<void> {
    this.broker = await startBroker(this.configuration, { now: () => Date.now() + this.aheadMs }, silentLog);
  }

  async enrol(name: string, place = "ward"): Promise<Enrolment> {
    const code = await this.broker.enrolmentCode(place);
    const directory = join(this.directory, name);
    const { enrolment } = await enrolWorkstation({
      origin: this.configuration.agents.origin,
      code,
      name,
      directory,
      now: Date.now(),
    });
    return enrolment;
  }

  /** The trail as it stands in the store. */
  records(): TrailRecord[] {
    const rows = this.sql("select text from trail_record order by sequence");
    return rows.map(({ text }) => JSON.parse(String(text)) as TrailRecord);
  }

  /** The trail's records of one act, in their order. */
  recordsOf(act: TrailRecord["act"]): TrailRecord[] {
    return this.records().filter(record => record.act === act);
  }

  /** Looks into its store, or changes it, behind its back. */
  sql(statement: string): Record<string, unknown>[] {
    return inTestStore(this.configuration.store, statement);
  }

  keysOf(id: string) {
    const card = demonstrationCards.find(known => known.id === id);
    if (card === undefined) throw new Error(`no card ${id}`);
    return this.authority.keysOf(card);
  }

  async close(): Promise<void> {
    await this.broker.close();
    this.removeFiles();
  }

  /** After its broker was closed. */
  removeFiles(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The proof that a card with this key would make. */
export function proofOf(offered: OfferedChallenge, { key, certificate }: DemonstrationKey): string {
  const algorithm: ProofAlgorithm = key.asymmetricKeyType === "rsa" ? "RS256" : "ES256";
  const input = proofSigningInput(offered.challenge, certificate, algorithm);
  return assembleProof(input, sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" }));
}

/** What an agent does with a card in its reader, with software keys in place of the card's. */
/** As an agent does: a hello that says “no seat”, heard after the sign-in, would cover the seat. A broker that is away says so itself. */
async function saidHello(client: BrokerClient): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const forget = client.subscribe(({ type }) => type === "connected" && resolve());
  await Promise.race([promise, wait(5_000, undefined, { ref: false })]);
  forget();
}

export async function signIn(
  client: BrokerClient,
  keys: { authentication: DemonstrationKey; presence: DemonstrationKey },
  presenceAllowed = true,
): Promise<SeatedSession> {
  await saidHello(client);
  const offered = await client.challenge(keys.authentication.certificate, presenceAllowed);
  return client.prove(offered.challenge.nonce, proofOf(offered, keys[offered.challenge.key]), {});
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
