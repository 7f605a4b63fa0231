import { toHex } from "../../../core/bytes/hex.ts";
import { openDemonstrationAuthority } from "../../../native-bindings/simulator/authority/demonstration-authority.ts";
import { demonstrationCards } from "../../../native-bindings/simulator/authority/demonstration-cards.ts";
import { makeCard } from "../../../native-bindings/simulator/make-card.ts";
import { type Conversation, converse } from "./conversation.ts";

/** A conversation with each virtual card that has no fault, by the card's name. `pki`: the demonstration authority's folder. */
export async function recordConversations(pki: string): Promise<Record<string, Conversation>> {
  const authority = openDemonstrationAuthority(pki, Date.now());
  const recorded: Record<string, Conversation> = {};
  for (const description of demonstrationCards.filter(({ fault }) => fault === "none")) {
    const { card, atr } = makeCard(description, authority.keysOf(description));
    const protocol = description.kind === "cps3" ? "T=0" : "T=1";
    const exchanges: [string, string][] = [];
    const transmit = async (command: Uint8Array) => {
      const name = toHex(command);
      const answer = card.answer(command);
      exchanges.push([name, toHex(answer)]);
      return answer;
    };
    await converse({ atr, protocol, transmit }, description.pin);
    recorded[description.id] = { atr: toHex(atr), protocol, pin: description.pin, exchanges };
  }
  return recorded;
}
