import type { Certificate } from "../../core/certificate/certificate.ts";
import { SignatureMemory } from "../../core/certificate/path/signature-memory.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { ProofKey } from "../../core/proof/proof-purpose.ts";
import { type CardVerdict, judgeCard } from "../../core/trust-policy/judge-card.ts";
import { namedSources } from "../../core/trust-policy/named-sources.ts";
import type { TrustDocument } from "../../core/trust-policy/trust-document.ts";
import type { TrustedDomain, VerdictPorts } from "../../core/trust-policy/trusted-domain.ts";
import type { Store } from "../store/store.ts";
import type { FetchLimits } from "./fetch-limits.ts";
import { judgeAsking } from "./judge-asking.ts";
import { KeptFiles } from "./kept-files.ts";
import { OcspAnswers, ocspLimits } from "./ocsp-answers.ts";
import { RevocationKeeper } from "./revocation-keeper.ts";
import { issuerOf, preparedDomains, serveDocument } from "./served-document.ts";
import { recordedSources, SourceRecords } from "./source-records.ts";
import type { SourceState } from "./source-state.ts";
import type { TrustConfiguration } from "./trust-configuration.ts";
import { type DocumentInForce, documentInForce, stampInForce } from "./trust-document-in-force.ts";

export interface CardTrustParts {
  readonly configuration: TrustConfiguration;
  readonly demonstration: boolean;
  readonly store: Store;
  /** Where the last good data of each source are kept over a restart. */
  readonly folder: string;
  readonly ports: VerdictPorts;
  readonly clock: Clock;
  readonly log: Log;
}

const limits = { largestBytes: 64 * 1024 * 1024, timeoutMs: 60_000 } as const satisfies FetchLimits;
/** How long a card waits for a list that its certificate names for the first time. */
const longestWaitMs = 3_000;

/**
 * What the broker trusts, at work: the trust document in force, its domains with their current revocation lists, and verdicts
 * on cards by them. Lists are fetched in the background; a verdict uses what is there.
 */
export class CardTrust {
  readonly #parts: CardTrustParts;
  readonly #keeper: RevocationKeeper;
  readonly #records: SourceRecords;
  readonly #signatures: SignatureMemory;
  readonly #answers: OcspAnswers;
  readonly #ended = new AbortController();
  #ticking: Promise<void> = Promise.resolve();
  #inForce: DocumentInForce;
  #domains: readonly TrustedDomain[] = [];

  private constructor(parts: CardTrustParts, inForce: DocumentInForce) {
    const { store, clock, log, folder, ports } = parts;
    this.#parts = parts;
    this.#inForce = inForce;
    this.#records = new SourceRecords(store, clock, log);
    this.#signatures = new SignatureMemory(ports.signatures);
    this.#answers = new OcspAnswers({
      clock,
      limits: { ...ocspLimits, signal: this.#ended.signal },
      sha1: ports.sha1,
      log,
    });
    this.#keeper = new RevocationKeeper({
      files: new KeptFiles(folder, log),
      clock,
      signatures: this.#signatures,
      limits: { ...limits, signal: this.#ended.signal },
      random: Math.random,
      onChange: () => this.#prepare(),
      onAsked: (state, before) => this.#records.asked(state, before),
    });
  }

  /** Rejects where the trust document or a file that it names cannot be read. */
  static async open(parts: CardTrustParts): Promise<CardTrust> {
    const trust = new CardTrust(parts, await documentInForce(parts.store.db, parts.configuration));
    await trust.#serve(await recordedSources(parts.store.db));
    await trust.#keeper.lookAtFiles();
    const broken = trust.#keeper.states().find(({ address, trouble }) => address.startsWith("file:") && trouble);
    if (broken !== undefined) throw new Error(`${broken.trouble?.code}: ${broken.trouble?.detail}`);
    return trust;
  }

  get document(): TrustDocument {
    return this.#inForce.document;
  }

  /** Whether a card may sign its holder in, by what is in force now. */
  async judge(certificate: Uint8Array, key: ProofKey): Promise<CardVerdict> {
    await this.#follow();
    await this.#keeper.lookAtFiles();
    return judgeAsking(certificate, {
      domains: this.#inForce.document.domains,
      signatures: this.#parts.ports.signatures,
      answers: this.#answers,
      judge: responses => this.#judgeNow(certificate, key, responses),
      learnFrom: leaf => this.#learnFrom(leaf),
    });
  }

  /** Asks the sources that are due; ends when they have answered or failed. Called every few seconds. */
  tick(): Promise<void> {
    const tick = this.#keeper.tick();
    this.#ticking = Promise.allSettled([this.#ticking, tick]).then(() => {});
    return tick;
  }

  states(): readonly SourceState[] {
    return this.#keeper.states();
  }

  /** Ends what is being fetched, and writes what is to be written. */
  async close(): Promise<void> {
    this.#ended.abort();
    await this.#ticking;
    await this.#records.settle();
  }

  #judgeNow(certificate: Uint8Array, key: ProofKey, ocspResponses: readonly Uint8Array[]): CardVerdict {
    const { clock, demonstration } = this.#parts;
    return judgeCard({ certificate, key, at: clock.now(), demonstration, ocspResponses }, this.#domains);
  }

  /** Another document may have been applied, by this broker's command line or by another broker on the same store. */
  async #follow(): Promise<void> {
    const { store, configuration, log } = this.#parts;
    if ((await stampInForce(store.db, configuration)) === this.#inForce.stamp) return;
    try {
      this.#inForce = await documentInForce(store.db, configuration);
    } catch (problem) {
      // What was in force stays so; the one who changed it was told already.
      log.warn("trust-document-unreadable", { detail: String(problem) });
      return;
    }
    await this.#serve(this.#keeper.states());
    log.info("trust-document-in-force", { version: this.#inForce.document.version });
  }

  /** `known`: sources of an earlier document or run, of which those learned from certificates are still of use. */
  async #serve(known: readonly SourceState[]): Promise<void> {
    await serveDocument(this.#keeper, this.#inForce.document, known);
    await this.#records.replace(this.#keeper.states());
  }

  /** All at once: a verdict sees the old lists or the new ones. */
  #prepare(): void {
    this.#domains = preparedDomains(this.#keeper, this.#inForce.document, this.#parts.ports, this.#signatures);
  }

  /**
   * Fetches from where a card's certificate says that lists are, if one of our authorities signed it: nobody else has the broker
   * fetch anything.
   */
  async #learnFrom(leaf: Certificate): Promise<void> {
    const { signatures } = this.#parts.ports;
    const added = [];
    for (const domain of this.#inForce.document.domains) {
      const { sourcesOfCertificates } = domain.revocation;
      if (!sourcesOfCertificates || issuerOf(leaf, domain, signatures) === undefined) continue;
      added.push(...(await this.#keeper.learn(domain.id, namedSources(leaf).lists)));
    }
    if (added.length > 0) await withinTime(this.#keeper.refresh(added), longestWaitMs);
  }
}

async function withinTime(work: Promise<unknown>, longestMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<void>(resolve => {
    timer = setTimeout(resolve, longestMs);
  });
  await Promise.race([work, ended]);
  clearTimeout(timer);
}
