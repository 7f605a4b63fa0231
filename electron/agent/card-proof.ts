import type { OfferedChallenge } from "../../core/ports/broker-connection.ts";
import type { CardReaders, IdentifiedCard, Insertion } from "../../core/ports/card-readers.ts";
import { assembleProof, type ProofAlgorithm, proofSigningInput } from "../../core/proof/proof.ts";

/** The card's answer by its key that needs no PIN; `undefined` where it has none. Rejects with the card's `Failure`. */
export async function presenceProof(
  readers: CardReaders,
  insertion: Insertion,
  offered: OfferedChallenge,
): Promise<string | undefined> {
  const key = await readers.presence(insertion);
  if (key === undefined) return undefined;
  const { input, bytes } = signingInput(offered, key.certificate, key.algorithm);
  return assembleProof(input, await readers.signPresence(insertion, bytes));
}

/** The card's answer by its PIN, which is handed over once and wiped, whatever happens. */
export async function pinProof(
  readers: CardReaders,
  insertion: Insertion,
  card: IdentifiedCard,
  offered: OfferedChallenge,
  pin: Uint8Array | "on-reader",
): Promise<string> {
  try {
    const { input, bytes } = signingInput(offered, card.certificate, card.algorithm);
    return assembleProof(input, await readers.signWithPin(insertion, pin, bytes));
  } finally {
    if (pin !== "on-reader") pin.fill(0);
  }
}

function signingInput(offered: OfferedChallenge, certificate: Uint8Array, algorithm: ProofAlgorithm) {
  const input = proofSigningInput(offered.challenge, certificate, algorithm);
  return { input, bytes: new TextEncoder().encode(input) };
}
