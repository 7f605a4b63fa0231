import { SignatureMemory } from "../../core/certificate/path/signature-memory.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { type CardVerdict, judgeCard } from "../../core/trust-policy/judge-card.ts";
import type { TrustDocument } from "../../core/trust-policy/trust-document.ts";
import type { TrustedDomain, VerdictPorts } from "../../core/trust-policy/trusted-domain.ts";
import { type RecentCard, recentCards } from "../store/recent-card-table.ts";
import type { Store } from "../store/store.ts";
import type { FetchLimits } from "./fetch-limits.ts";
import { judgeAsking } from "./judge-asking.ts";
import { KeptFiles } from "./kept-files.ts";
import { OcspAnswers, ocspLimits } from "./ocsp-answers.ts";
import { RevocationKeeper } from "./revocation-keeper.ts";
import { preparedDomains, serveDocument } from "./served-document.ts";
import { recordedSources } from "./source-records.ts";

export interface DryRunParts {
  readonly store: Store;
  /** Where the broker keeps revocation data. */
  readonly folder: string;
  readonly demonstration: boolean;
  readonly ports: VerdictPorts;
  readonly clock: Clock;
}

/** A card that signed its holder in during the last 24 hours and would not do so again. */
export interface WouldBeRefused {
  /** What the card says of its holder. */
  readonly holder: string;
  /** Of its latest sign-in, milliseconds since 1970. */
  readonly at: number;
  readonly code: string;
  readonly detail: string;
}

export interface DryRun {
  /** Cards of the last 24 hours. */
  readonly cards: number;
  /** Those that the document in force lets in now, and the other one would not. */
  readonly refused: readonly WouldBeRefused[];
  /** Sources of the other document that gave no data. */
  readonly withoutData: readonly string[];
}

/** What fails is told by its outcome. */
const silent: Log = { info() {}, warn() {} };
const limits: FetchLimits = { largestBytes: 64 * 1024 * 1024, timeoutMs: 30_000 };

/**
 * Who of the last 24 hours would be refused by another trust document? Judges their certificates by both, with revocation data as
 * the broker has them; what only the other document names is fetched for this.
 */
export async function dryRun(parts: DryRunParts, inForce: TrustDocument, other: TrustDocument): Promise<DryRun> {
  const cards = await recentCards(parts.store.db, parts.clock.now());
  const present = await judgeBy(parts, inForce);
  const candidate = await judgeBy(parts, other);
  const refused: WouldBeRefused[] = [];
  for (const card of cards) {
    const before = await present.judge(card);
    const after = before.fit ? await candidate.judge(card) : before;
    if (!before.fit || after.fit) continue;
    refused.push({ holder: before.identity.subjectNameId, at: card.at, code: after.code, detail: after.detail });
  }
  return { cards: cards.length, refused, withoutData: candidate.withoutData };
}

interface Judge {
  readonly withoutData: readonly string[];
  judge(card: RecentCard): Promise<CardVerdict>;
}

async function judgeBy(parts: DryRunParts, document: TrustDocument): Promise<Judge> {
  const { store, folder, demonstration, ports, clock } = parts;
  let domains: readonly TrustedDomain[] = [];
  const signatures = new SignatureMemory(ports.signatures);
  const kept = new KeptFiles(folder, silent);
  const keeper: RevocationKeeper = new RevocationKeeper({
    // What is fetched for this is not kept: nothing is to change.
    files: { load: source => kept.load(source), save: async () => {} },
    clock,
    signatures,
    limits,
    random: Math.random,
    onChange: () => {
      domains = preparedDomains(keeper, document, ports, signatures);
    },
    onAsked: () => {},
  });
  const answers = new OcspAnswers({ clock, limits: ocspLimits, sha1: ports.sha1, log: silent });
  await serveDocument(keeper, document, await recordedSources(store.db));
  await keeper.tick();
  return {
    withoutData: keeper.states().flatMap(({ address, data }) => (data === undefined ? [address] : [])),
    judge: ({ certificate, key }) =>
      judgeAsking(certificate, {
        domains: document.domains,
        signatures: ports.signatures,
        answers,
        judge: ocspResponses => judgeCard({ certificate, key, at: clock.now(), demonstration, ocspResponses }, domains),
        // The broker knows what its cards name.
        learnFrom: async () => {},
      }),
  };
}
