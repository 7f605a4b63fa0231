import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import { Store } from "../../../broker/store/store.ts";
import { CardTrust } from "../../../broker/trust/card-trust.ts";
import { healthOf, type SourceHealth } from "../../../broker/trust/source-state.ts";
import { type TrustConfiguration, trustConfiguration } from "../../../broker/trust/trust-configuration.ts";
import { validatorPorts } from "../../../broker/trust/validator-ports.ts";
import type { TrailRecord } from "../../../core/trail/trail-record.ts";
import type { CertificateExtension, Name } from "../../../core/x509/build-certificate.ts";
import { silentLog } from "../../fakes/silent-log.ts";
import { day, factoryNow, leafExtensions, TestAuthority } from "../../fixtures/certificate-factory.ts";
import { ListServer } from "./list-server.ts";

const person: Name = [
  [{ type: "2.5.4.6", value: "FR" }],
  [
    { type: "2.5.4.3", value: "899700218896" },
    { type: "2.5.4.4", value: "AUBERT" },
    { type: "2.5.4.42", value: "CAMILLE" },
  ],
];

type WrittenTrust = z.input<typeof trustConfiguration>;

/** A broker's trust with a store and a clock of its own, an authority below a root, and an HTTP server where both publish. */
export class TrustHouse {
  readonly folder = mkdtempSync(join(tmpdir(), "wardkey-trust-"));
  readonly root: TestAuthority;
  readonly issuing: TestAuthority;
  readonly server: ListServer;
  readonly store: Store;
  now: number;
  #trust: CardTrust | undefined;

  private constructor(store: Store, server: ListServer, now: number) {
    const validity = { notBefore: now - 1000 * day, notAfter: now + 1000 * day };
    const root = new TestAuthority("ROOT", undefined, validity);
    const issuing = new TestAuthority("ISSUING", root, validity);
    this.now = now;
    this.store = store;
    this.server = server;
    this.root = root;
    this.issuing = issuing;
    writeFileSync(join(this.folder, "root.der"), root.certificate);
    writeFileSync(join(this.folder, "issuing.der"), issuing.certificate);
    const current = { thisUpdate: now - day, nextUpdate: now + day };
    server.publish("/root.crl", root.crl(current));
    server.publish("/issuing.crl", issuing.crl(current));
  }

  /** `now`: when the house begins. */
  static async start(now = factoryNow): Promise<TrustHouse> {
    return new TrustHouse(await Store.open(":memory:"), await ListServer.start(), now);
  }

  /** What the broker's configuration says of trust: the two lists by HTTP, where nothing else is said. */
  configuration(revocation: WrittenTrust["revocation"] = {}, change: WrittenTrust = {}): TrustConfiguration {
    const sources = ["/root.crl", "/issuing.crl"].map(path => this.server.address(path));
    return trustConfiguration.parse({
      anchors: [join(this.folder, "root.der")],
      intermediates: [join(this.folder, "issuing.der")],
      revocation: { sources, sourcesOfCertificates: false, ocsp: { use: "never" }, ...revocation },
      ...change,
    });
  }

  /** Opens the trust, after closing what was open, and asks the sources that are due. */
  async open(configuration = this.configuration()): Promise<CardTrust> {
    await this.#trust?.close();
    this.#trust = await CardTrust.open({
      configuration,
      demonstration: false,
      store: this.store,
      folder: join(this.folder, "kept"),
      ports: validatorPorts(),
      clock: { now: () => this.now },
      log: silentLog,
    });
    await this.#trust.tick();
    return this.#trust;
  }

  get trust(): CardTrust {
    if (this.#trust === undefined) throw new Error("the trust was not opened");
    return this.#trust;
  }

  card(serial: number, ...more: readonly CertificateExtension[]): Uint8Array {
    return this.issuing.issue({
      subject: person,
      serial: Uint8Array.of(7, serial),
      extensions: leafExtensions(...more),
      notBefore: this.now - day,
      notAfter: this.now + 300 * day,
    });
  }

  /** `current` or `aged` where the card is fit, else the failure's code. */
  async judge(card: Uint8Array): Promise<string> {
    const verdict = await this.trust.judge(card, "authentication");
    return verdict.fit ? verdict.revocation : verdict.code;
  }

  /** Lets time pass, then asks the sources that are due. */
  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    await this.trust.tick();
  }

  stateOf(path: string) {
    const state = this.trust.states().find(({ address }) => address === this.server.address(path));
    if (state === undefined) throw new Error(`no source ${path}`);
    return state;
  }

  healthOf(path: string): SourceHealth {
    return healthOf(this.stateOf(path), this.now);
  }

  keptFiles(): readonly string[] {
    return readdirSync(join(this.folder, "kept")).map(name => join(this.folder, "kept", name));
  }

  async trail(): Promise<readonly TrailRecord[]> {
    const rows = await this.store.db.selectFrom("trail_record").select("text").orderBy("sequence").execute();
    return rows.map(({ text }) => JSON.parse(text));
  }

  async close(): Promise<void> {
    await this.#trust?.close();
    await this.store.close();
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
