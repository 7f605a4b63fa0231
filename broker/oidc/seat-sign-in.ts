import { asFailure } from "../../core/errors/failure.ts";
import type { Session } from "../../core/session/session.ts";
import type { Enrolments } from "../services/enrolments.ts";
import type { House } from "../services/house.ts";
import type { Launches } from "../services/launches.ts";
import type { Sessions } from "../services/sessions.ts";
import { amrOf } from "./assurance-claims.ts";
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
  const { house, sessions, enrolments, launches } = parts;
  const session = seat === undefined ? undefined : await sessions.openSeat(seat);
  const application = house.applications.find(({ client }) => client.clientId === clientId);
  const workstation = session?.seat === undefined ? undefined : await enrolments.byId(session.seat.workstation);
  if (session === undefined || application === undefined || workstation === undefined) return undefined;
  try {
    await launches.decide(session, workstation, application.id);
    return session;
  } catch (problem) {
    if (asFailure(problem).code === "application-not-entitled") return undefined;
    throw problem;
  }
}

/** What an interaction ends with for the seat's holder. `ts`: `auth_time` is when the card proved it, not when the browser came. */
export function loginOf({ holder, means, provenAt }: Session, request: SignInRequest) {
  return {
    login: {
      accountId: holder.id,
      acr: acrFor(means, request),
      amr: amrOf(means),
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
