import type { AgentPorts } from "../agent-ports.ts";
import { pinProof, presenceProof } from "../card-proof.ts";
import type { TypedSecrets } from "../typed-secrets.ts";
import type { Call } from "./call.ts";
import type { Performers } from "./performers.ts";

/** What the card is asked. What was typed is taken before anything is awaited, while it is there. */
export function cardEffects(
  { readers, clock }: Pick<AgentPorts, "readers" | "clock">,
  typed: TypedSecrets,
  call: Call,
) {
  return {
    identify: ({ attempt, insertion }) =>
      call(attempt, async () => ({ type: "card-identified", attempt, card: await readers.identify(insertion) })),
    "prove-presence": ({ attempt, insertion, offered }) =>
      call(attempt, async () => {
        const proof = await presenceProof(readers, insertion, offered);
        return proof === undefined
          ? { type: "presence-unavailable", attempt }
          : { type: "proof-signed", attempt, proof };
      }),
    "count-tries": ({ attempt, insertion }) =>
      call(attempt, async () => ({ type: "tries-counted", attempt, pin: await readers.pinState(insertion) })),
    "sign-with-pin": ({ attempt, insertion, card, offered, onReader }) =>
      call(attempt, async () => {
        const [pin] = onReader ? (["on-reader"] as const) : typed.take(1);
        return { type: "proof-signed", attempt, proof: await pinProof(readers, insertion, card, offered, pin) };
      }),
    "renew-pin": ({ attempt, insertion, kind }) =>
      call(attempt, async () => {
        const [secret, newPin] = typed.take(2);
        await readers.renewPin(insertion, kind, secret, newPin);
        return { type: "pin-renewed", attempt, kind, at: clock.now() };
      }),
  } satisfies Partial<Performers>;
}
