import type { Insertion } from "../../core/ports/card-readers.ts";

export interface SeenChip {
  /** Seen by an antenna; otherwise by contacts. */
  readonly isContactless: boolean;
  readonly number: string;
}

/** A card as one reader sees it. */
export interface CardFace {
  readonly insertion: Insertion;
  /** `undefined` where the card cannot be read. Never rejects. */
  chip(): Promise<SeenChip | undefined>;
}

interface Listener {
  inserted(insertion: Insertion): void;
  removed(insertion: Insertion): void;
}

interface SeenFace {
  readonly face: CardFace;
  state: "asked" | "told" | "silent";
}

/**
 * Makes one card of the two that a dual-interface reader shows. The contacts count: they take over from the antenna, and a card
 * that leaves them is gone, whatever the antenna still sees of the hand that carries it away. A face that was kept silent counts
 * again when it has left. A card that is alone is told at once.
 */
export class CardFaces {
  readonly #listener: Listener;
  readonly #seen = new Map<Insertion, SeenFace>();

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  inserted(face: CardFace): void {
    const seen: SeenFace = { face, state: "asked" };
    const others = [...this.#seen.values()];
    this.#seen.set(face.insertion, seen);
    if (others.length === 0) this.#tell(seen);
    else void this.#compare(seen, others);
  }

  removed(insertion: Insertion): void {
    const seen = this.#seen.get(insertion);
    this.#seen.delete(insertion);
    if (seen?.state === "told") this.#listener.removed(insertion);
  }

  async #compare(seen: SeenFace, others: readonly SeenFace[]): Promise<void> {
    const [chip, ...chips] = await Promise.all([seen, ...others].map(({ face }) => face.chip()));
    if (!this.#seen.has(seen.face.insertion)) return;
    const same = others.filter(
      (other, index) => isOtherFace(chip, chips[index]) && this.#seen.has(other.face.insertion),
    );
    if (same.length > 0 && chip?.isContactless === true) {
      seen.state = "silent";
      return;
    }
    for (const other of same) {
      if (other.state === "told") this.#listener.removed(other.face.insertion);
      other.state = "silent";
    }
    this.#tell(seen);
  }

  #tell(seen: SeenFace): void {
    seen.state = "told";
    this.#listener.inserted(seen.face.insertion);
  }
}

function isOtherFace(one: SeenChip | undefined, other: SeenChip | undefined): boolean {
  return (
    one !== undefined && other !== undefined && one.number === other.number && one.isContactless !== other.isContactless
  );
}
