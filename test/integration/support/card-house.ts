import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WardCard } from "../../../demo/ward/ward-card.ts";
import { openDemonstrationAuthority } from "../../../native-bindings/simulator/authority/demonstration-authority.ts";
import {
  type DemonstrationCard,
  demonstrationCards,
} from "../../../native-bindings/simulator/authority/demonstration-cards.ts";
import type { CardHostSettings } from "../../../protocol/card-host/settings.ts";
import { Pcscd, readerPorts } from "./pcscd.ts";
import { ToldReaders } from "./told-readers.ts";

/**
 * A house of its own for a suite about cards: their authority, the real pcscd, virtual cards, and card hosts that look. What a
 * test started in it ends with `clear`.
 */
export class CardHouse {
  readonly directory = mkdtempSync(join(tmpdir(), "wardkey-cards-"));
  readonly #pki = join(this.directory, "pki");
  readonly #authority = openDemonstrationAuthority(this.#pki, Date.now());
  readonly #services: Pcscd[] = [];
  readonly #cards: WardCard[] = [];
  readonly #readers: ToldReaders[] = [];

  /** The real pcscd; a second one after the first has ended. */
  async startPcscd(options?: Parameters<typeof Pcscd.start>[0]): Promise<Pcscd> {
    const service = await Pcscd.start(options);
    this.#services.push(service);
    return service;
  }

  /** A card in no reader; `more`: further words of `wardkey demo-card`. */
  async makeCard(id: string, ...more: string[]): Promise<WardCard> {
    const card = await WardCard.start(id, this.#pki, undefined, more);
    this.#cards.push(card);
    return card;
  }

  async insert(id: string, port: number = readerPorts[0]): Promise<WardCard> {
    const card = await this.makeCard(id);
    await card.insert(port);
    return card;
  }

  /** A card host's process, and what it tells. */
  openReaders(settings?: Partial<CardHostSettings>): ToldReaders {
    const readers = new ToldReaders(settings);
    this.#readers.push(readers);
    return readers;
  }

  /** A card host that is told of the card that is in. */
  async look(settings?: Partial<CardHostSettings>) {
    const readers = this.openReaders(settings);
    return { readers, client: readers.client, insertion: await readers.insertion() };
  }

  keysOf(id: string) {
    return this.#authority.keysOf(describedCard(id));
  }

  certificateOf(id: string, use: "authentication" | "presence" = "authentication"): X509Certificate {
    return new X509Certificate(this.keysOf(id)[use].certificate);
  }

  /** Who looks ends first, and pcscd last. */
  async clear(): Promise<void> {
    await Promise.all(this.#readers.splice(0).map(readers => readers.close()));
    await Promise.all(this.#cards.splice(0).map(card => card.stop()));
    await Promise.all(this.#services.splice(0).map(service => service.stop()));
  }

  removeFiles(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export function describedCard(id: string): DemonstrationCard {
  const card = demonstrationCards.find(known => known.id === id);
  if (card === undefined) throw new Error(`no card ${id}`);
  return card;
}
