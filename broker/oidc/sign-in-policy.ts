import { interactionPolicy, type KoaContextWithOIDC } from "oidc-provider";
import type { Clock } from "../../core/ports/clock.ts";
import type { SeatBrowsers } from "./seat-browsers.ts";
import { type SeatSignInParts, sessionFor, standsFor } from "./seat-sign-in.ts";
import { signInRequestOf } from "./sign-in-request.ts";
import { stepUpNeeded } from "./step-up-demand.ts";

interface Parts extends SeatSignInParts {
  readonly browsers: SeatBrowsers;
  readonly clock: Clock;
}

const { Check } = interactionPolicy;

/**
 * When the provider has to ask who this is: unless its session stands for the proof of the holder in whose open seat the browser is,
 * and that proof answers the request. Nobody is asked for consent: these are the hospital's own applications.
 */
export function signInPolicy(parts: Parts): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  const answers = async ({ req, oidc }: KoaContextWithOIDC): Promise<boolean> => {
    const session = await sessionFor(parts, parts.browsers.seatOf(req), oidc.client?.clientId ?? "");
    // `prompt=login` is the base policy's: it knows when the holder has just been asked.
    const request = { ...signInRequestOf(oidc.params ?? {}), anew: false };
    if (session === undefined || oidc.session === undefined || !standsFor(oidc.session, session, request)) return false;
    // What the interaction that has just ended was satisfied with is not doubted: a moment has passed since the PIN.
    if (oidc.result?.login !== undefined) return true;
    return stepUpNeeded(session, request, parts.clock.now()) === undefined;
  };
  policy
    .get("login")
    ?.checks.add(
      new Check(
        "seat_not_open",
        "the seat's holder has to be recognised, by the level and at the time asked for",
        "login_required",
        async ctx => ((await answers(ctx)) ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT),
      ),
    );
  policy.remove("consent");
  return policy;
}
