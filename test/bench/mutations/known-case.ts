import { fromHex, toHex } from "../../../core/bytes/hex.ts";
import type { CardTransport } from "../../../core/card/card-transport.ts";
import { type Conversation, converse, KnownAnswers } from "./conversation.ts";

/** A flow that was found worth keeping: which answers differ from the conversation, by command, and what it ends in. */
export interface KnownCase {
  readonly card: string;
  readonly outcome: string;
  /** Hexadecimal. The same command sent again is answered by its next answer here, or by the last. */
  readonly changed: readonly (readonly [command: string, answer: string])[];
}

/** What the flow with these changes ends in. */
export async function replay(conversation: Conversation, changed: KnownCase["changed"]): Promise<string> {
  const known = new KnownAnswers(conversation);
  const asked = new Map<string, number>();
  const transport: CardTransport = {
    atr: fromHex(conversation.atr) ?? new Uint8Array(),
    protocol: conversation.protocol,
    async transmit(command) {
      const name = toHex(command);
      const honest = known.to(name);
      const times = asked.get(name) ?? 0;
      asked.set(name, times + 1);
      const others = changed.filter(([about]) => about === name);
      const other = others[times] ?? others.at(-1);
      if (other !== undefined) return fromHex(other[1]) ?? new Uint8Array();
      // INS not supported: a command that nobody has foreseen.
      return honest?.slice() ?? Uint8Array.of(0x6d, 0x00);
    },
  };
  return converse(transport, conversation.pin);
}

/** The fewest of the changes that end in the same: each is left out in turn. */
export async function shrink(
  conversation: Conversation,
  { outcome, changed }: KnownCase,
): Promise<KnownCase["changed"]> {
  let least = changed;
  for (let at = changed.length - 1; at >= 0; at -= 1) {
    const fewer = least.filter((_, index) => index !== at);
    if ((await replay(conversation, fewer)) === outcome) least = fewer;
  }
  return least;
}
