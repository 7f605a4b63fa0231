import type { IncomingMessage } from "node:http";
import type { Account } from "oidc-provider";
import type { Session } from "../../core/session/session.ts";
import type { Enrolments } from "../services/enrolments.ts";
import type { Sessions } from "../services/sessions.ts";
import { holderClaims } from "./holder-claims.ts";
import type { SeatBrowsers } from "./seat-browsers.ts";
import type { SignInBook } from "./sign-in-book.ts";

interface Parts {
  readonly sessions: Sessions;
  readonly enrolments: Enrolments;
  readonly browsers: SeatBrowsers;
  readonly book: SignInBook;
}

/**
 * The holder behind a code or token, or in whose open seat the browser is; `undefined` where that sign-in is over. His PS_IdNat is
 * the account: `sub` of clients with public subjects.
 */
export async function holderAccount(
  parts: Parts,
  id: string,
  from: { readonly grantId?: string | undefined } | { readonly request: IncomingMessage },
): Promise<Account | undefined> {
  const session =
    "request" in from ? await sessionInSeat(parts, from.request) : await sessionOfGrant(parts, from.grantId);
  if (session === undefined || session.holder.id !== id) return undefined;
  const { seat } = session;
  const workstation = seat === undefined ? undefined : await parts.enrolments.byId(seat.workstation);
  const names = { workstation: workstation?.name, place: workstation?.place };
  return { accountId: id, claims: () => ({ sub: id, ...holderClaims(session, names) }) };
}

async function sessionInSeat({ sessions, browsers }: Parts, request: IncomingMessage): Promise<Session | undefined> {
  const seat = browsers.seatOf(request);
  return seat === undefined ? undefined : sessions.openSeat(seat);
}

/** Whatever events were missed: what hangs on the card is worth nothing without it. */
async function sessionOfGrant({ sessions, book }: Parts, grant: string | undefined): Promise<Session | undefined> {
  const signIn = book.of(grant);
  if (signIn === undefined) return undefined;
  const session = await sessions.aliveById(signIn.session);
  const isSeated = session?.seat?.id === signIn.seat && session.seat.state === "open";
  return signIn.logoutAt === "end" || isSeated ? session : undefined;
}
