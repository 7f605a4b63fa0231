import type { CertificateList } from "../../core/certificate/certificate-list.ts";
import type { Authority } from "./read-list.ts";
import { type Refreshed, RevocationSource, type SourceParts } from "./revocation-source.ts";
import type { SourceState } from "./source-state.ts";

/** A trust domain as far as lists go. */
export interface ListDomain {
  readonly id: string;
  readonly sources: readonly string[];
  readonly authorities: readonly Authority[];
}

export interface KeeperParts extends SourceParts {
  /** The lists of a domain have changed: verdicts are to be made with the new ones. */
  readonly onChange: () => void;
  /** A source was asked; `before` is its state before that. */
  readonly onAsked: (state: SourceState, before: SourceState) => void;
}

/** Certificates name few addresses; somebody who writes many wants something else. */
const mostLearned = 50;

/** Every source of revocation lists: fetched in the background when due, its last good list always at hand. */
export class RevocationKeeper {
  readonly #parts: KeeperParts;
  readonly #sources = new Map<string, RevocationSource>();
  #domains: readonly ListDomain[] = [];

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  /** The domains of the trust document in force. New sources take what the disk has; sources that nobody uses are forgotten. */
  async serve(domains: readonly ListDomain[]): Promise<void> {
    this.#domains = domains;
    const configured = domains.flatMap(({ id, sources }) => sources.map(address => ({ id, address })));
    for (const source of this.#sources.values()) {
      const used = source.origin === "certificate" && source.domains.some(id => domains.some(known => known.id === id));
      if (!used && !configured.some(({ address }) => address === source.address)) this.#sources.delete(source.address);
    }
    const added = configured.flatMap(({ id, address }) => this.#use(address, id, "configured") ?? []);
    for (const source of this.#sources.values()) this.#equip(source);
    for (const source of added) await source.restore();
    this.#parts.onChange();
  }

  /** Addresses in certificates of a verified path of this domain. Answers those that were not known. */
  async learn(domain: string, addresses: readonly string[]): Promise<readonly RevocationSource[]> {
    const added: RevocationSource[] = [];
    for (const address of addresses) {
      const learned = [...this.#sources.values()].filter(({ origin }) => origin === "certificate").length;
      if (learned >= mostLearned && !this.#sources.has(address)) break;
      const source = this.#use(address, domain, "certificate");
      if (source === undefined) continue;
      this.#equip(source);
      await source.restore();
      added.push(source);
    }
    if (added.some(({ list }) => list !== undefined)) this.#parts.onChange();
    return added;
  }

  /** Asks every source that is due; ends when all have answered or failed. */
  async tick(): Promise<void> {
    const now = this.#parts.clock.now();
    await this.refresh([...this.#sources.values()].filter(source => source.isDue(now)));
  }

  /** Files are looked at before every verdict: whoever writes one expects it to count. */
  async lookAtFiles(): Promise<void> {
    await this.refresh([...this.#sources.values()].filter(source => source.isFile));
  }

  async refresh(sources: readonly RevocationSource[]): Promise<void> {
    const results = await Promise.all(sources.map(source => this.#ask(source)));
    if (results.includes("changed")) this.#parts.onChange();
  }

  listsOf(domain: string): readonly CertificateList[] {
    return [...this.#sources.values()].flatMap(({ domains, list }) =>
      domains.includes(domain) && list !== undefined ? [list.list] : [],
    );
  }

  states(): readonly SourceState[] {
    return [...this.#sources.values()].map(({ state }) => state);
  }

  async #ask(source: RevocationSource): Promise<Refreshed> {
    const before = source.state;
    const result = await source.refresh();
    const after = source.state;
    // Files are looked at all the time: only news of them is told.
    if (!source.isFile || result === "changed" || after.trouble?.code !== before.trouble?.code)
      this.#parts.onAsked(after, before);
    return result;
  }

  /** The source where it is new. */
  #use(address: string, domain: string, origin: SourceState["origin"]): RevocationSource | undefined {
    const known = this.#sources.get(address);
    if (known !== undefined) {
      if (!known.domains.includes(domain)) known.domains = [...known.domains, domain];
      return undefined;
    }
    const source = new RevocationSource(address, origin, this.#parts);
    source.domains = [domain];
    this.#sources.set(address, source);
    return source;
  }

  /** The authorities of its domains are who may sign its lists. */
  #equip(source: RevocationSource): void {
    source.domains = source.domains.filter(id => this.#domains.some(domain => domain.id === id));
    source.authorities = this.#domains
      .filter(({ id }) => source.domains.includes(id))
      .flatMap(({ authorities }) => authorities);
  }
}
