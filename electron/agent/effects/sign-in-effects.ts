import { asFailure } from "../../../core/errors/failure.ts";
import type { FlowEvent } from "../../../core/flow/flow-event.ts";
import type { SeatedSession } from "../../../core/ports/broker-connection.ts";
import type { AgentPorts } from "../agent-ports.ts";
import type { Outbox } from "../outbox.ts";
import type { TypedSecrets } from "../typed-secrets.ts";
import type { Call } from "./call.ts";
import type { Performers } from "./performers.ts";

interface SignInParts {
  readonly outbox: Outbox;
  readonly typed: TypedSecrets;
  readonly call: Call;
  /** Milliseconds in each phase of the flow since the insertion. */
  readonly phases: () => Readonly<Record<string, number>>;
  /** Whether the flow still waits for the answer with this attempt. */
  readonly isAwaited: (attempt: number) => boolean;
}

/**
 * What the broker is asked before there is a session, by every means. It decides by the covers that it has heard of: those
 * that wait are told first. What was typed is taken before anything is awaited, and wiped.
 */
export function signInEffects(
  { broker, applications, clock, log }: Pick<AgentPorts, "broker" | "applications" | "clock" | "log">,
  { outbox, typed, call, phases, isAwaited }: SignInParts,
) {
  /** No answer is not the same as a refusal: the broker may have opened. */
  async function granted(attempt: number, ask: () => Promise<SeatedSession>): Promise<FlowEvent> {
    try {
      const session = await ask();
      return { type: "session-granted", attempt, session, at: clock.now() };
    } catch (thrown) {
      if (asFailure(thrown).code !== "broker-unreachable") throw thrown;
      log.warn("proof-unanswered", { detail: asFailure(thrown).detail });
      return { type: "proof-unanswered", attempt };
    }
  }

  return {
    "ask-challenge": ({ attempt, certificate, presenceAllowed }) =>
      call(attempt, async () => {
        await outbox.deliver();
        const offered = await broker.challenge(certificate, presenceAllowed);
        return { type: "challenge-offered", attempt, offered, at: clock.now() };
      }),
    "send-proof": ({ attempt, nonce, proof }) =>
      call(attempt, async () => {
        const stages = phases();
        await outbox.deliver();
        return granted(attempt, () => broker.prove(nonce, proof, stages));
      }),
    "ask-phone": ({ attempt, identifier }) =>
      call(attempt, async () => {
        await outbox.deliver();
        const { request, bindingMessage } = await broker.askPhone(identifier);
        return { type: "phone-asked", attempt, request, bindingMessage };
      }),
    "await-phone": ({ attempt, request }) => call(attempt, () => granted(attempt, () => broker.awaitPhone(request))),
    "cancel-phone": () =>
      void broker.cancelPhone().catch(thrown => log.warn("phone-not-cancelled", { code: asFailure(thrown).code })),
    "send-password": ({ attempt, who }) =>
      call(attempt, async () => {
        const [password] = typed.take(1);
        try {
          await outbox.deliver();
          return await granted(attempt, () => broker.signInWithPassword(who, password));
        } finally {
          password.fill(0);
        }
      }),
    "send-break-glass": ({ attempt, who, reason }) =>
      call(attempt, async () => {
        await outbox.deliver();
        return granted(attempt, () => broker.signInByGlass(who, reason));
      }),
    "ask-owed-factor": ({ attempt }) =>
      call(attempt, async () => ({ type: "second-factor-told", attempt, owed: await broker.owedSecondFactor() })),
    "send-code": ({ attempt, request }) =>
      call(attempt, async () => {
        const [code] = typed.take(1);
        try {
          return await granted(attempt, () => broker.proveByCode(request, code));
        } finally {
          code.fill(0);
        }
      }),
    // The page has a browser of its own, as a seat has, and is wiped like one.
    "ask-key": ({ attempt, request }) =>
      call(attempt, async () => {
        const { page, url } = await broker.securityKeyPage(request);
        // The person may have turned away meanwhile: nothing comes in front then.
        if (isAwaited(attempt)) {
          applications.uncover(request);
          await applications.open(request, "security-key", url);
        }
        return granted(attempt, () => broker.awaitSecurityKey(request, page));
      }),
    "abandon-second-factor": () =>
      void broker
        .abandonSecondFactor()
        .catch(thrown => log.warn("second-factor-not-abandoned", { code: asFailure(thrown).code })),
  } satisfies Partial<Performers>;
}
