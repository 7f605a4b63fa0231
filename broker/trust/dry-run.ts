import type { Clock } from "../../core/ports/clock.ts";
import { type CardVerdict, judgeCard } from "../../core/trust-policy/judge-card.ts";
import type { TrustDocument } from "../../core/trust-policy/trust-document.ts";
import type { TrustedDomain, VerdictPorts } from "../../core/trust-policy/trusted-domain.ts";
import { type RecentCard, recentCards } from "../store/recent-card-table.ts";
import type { Store } from "../store/store.ts";
import type { FetchLimits } from "./fetch-limits.ts";
import { KeptFiles } from "./kept-files.ts";
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

const limits: FetchLimits = { largestBytes: 64 * 1024 * 1024, timeoutMs: 30_000 };

/**
 * Who of the last 24 hours would be refused by another trust document? Judges their certificates by both, with revocation data as
 * the broker has them; what only the other document names is fetched for this.
 */
export async function dryRun(parts: DryRunParts, inForce: TrustDocument, other: TrustDocument): Promise<DryRun> {
  const cards = await recentCards(parts.store.db, parts.clock.now());
  const present = await judgeBy(parts, inForce);
  const candidate = await judgeBy(parts, other);
  const refused = cards.flatMap(card => {
    const before = present.judge(card);
    if (!before.fit) return [];
    const after = candidate.judge(card);
    if (after.fit) return [];
    return [{ holder: before.identity.subjectNameId, at: card.at, code: after.code, detail: after.detail }];
  });
  return { cards: cards.length, refused, withoutData: candidate.withoutData };
}

interface Judging {
  readonly withoutData: readonly string[];
  judge(card: RecentCard): CardVerdict;
}

async function judgeBy(parts: DryRunParts, document: TrustDocument): Promise<Judging> {
  const { store, folder, demonstration, ports, clock } = parts;
  let domains: readonly TrustedDomain[] = [];
  const keeper: RevocationKeeper = new RevocationKeeper({
    files: new KeptFiles(folder),
    clock,
    limits,
    random: Math.random,
    onChange: () => {
      domains = preparedDomains(keeper, document, ports);
    },
    onAsked: () => {},
  });
  await serveDocument(keeper, document, await recordedSources(store.db));
  await keeper.tick();
  return {
    withoutData: keeper.states().flatMap(({ address, data }) => (data === undefined ? [address] : [])),
    judge: ({ certificate, key }) =>
      judgeCard({ certificate, key, at: clock.now(), demonstration, ocspResponses: [] }, domains),
  };
}
