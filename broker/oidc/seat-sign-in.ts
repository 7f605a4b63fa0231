import type { Session } from "../../core/session/session.ts";
import type { Enrolments } from "../services/enrolments.ts";
import { entitledSeat } from "../services/entitled-seat.ts";
import type { House } from "../services/house.ts";
import type { Launches } from "../services/launches.ts";
import type { Sessions } from "../services/sessions.ts";
import { amrOf } from "./assurance-claims.ts";
import { oidcApplication } from "./oidc-application.ts";
import { acrFor, type SignInRequest } from "./step-up-demand.ts";

export interface SeatSignInParts {
  readonly house: House;
  readonly sessions: Sessions;
  readonly launches: Launches;
  readonly enrolments: Enrolments;
}

/** The open session of the browser's seat, where it is entitled to this client, decided anew. */
export async function sessionFor(
  parts: SeatSignInParts,
  seat: string | undefined,
  clientId: string,
): Promise<Session | undefined> {
  const application = oidcApplication(parts.house, clientId);
  const holder = application === undefined ? undefined : await entitledSeat(parts, seat, application.id);
  return holder?.state === "entitled" ? holder.session : undefined;
}

/** What an interaction ends with for the seat's holder. `ts`: `auth_time` is when the card proved it, not when the browser came. */
export function loginOf({ holder, means, secondFactor, provenAt }: Session, request: SignInRequest) {
  return {
    login: {
      accountId: holder.id,
      acr: acrFor(means, request),
      amr: amrOf(means, secondFactor),
      ts: secondsOf(provenAt),
      remember: false,
    },
  };
}

/** As much of oidc-provider's session as says who signed in, how and when. */
export interface ProviderLogin {
  readonly accountId?: string | undefined;
  readonly acr?: string | undefined;
  readonly loginTs?: number | undefined;
}

/** Whether the provider's session stands for this very proof of this holder, in the request's words: any other is another sign-in. */
export function standsFor(
  { accountId, acr, loginTs }: ProviderLogin,
  session: Session,
  request: SignInRequest,
): boolean {
  const { holder, means, provenAt } = session;
  return accountId === holder.id && acr === acrFor(means, request) && loginTs === secondsOf(provenAt);
}

function secondsOf(at: number): number {
  return Math.floor(at / 1000);
}
