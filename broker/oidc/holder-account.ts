import type { IncomingMessage } from "node:http";
import type { Account } from "oidc-provider";
import type { Session } from "../../core/session/session.ts";
import { signInOf } from "../store/sign-in-table.ts";
import type { Store } from "../store/store.ts";
import { holderClaims } from "./holder-claims.ts";
import type { SeatBrowsers } from "./seat-browsers.ts";
import { type SeatSignInParts, sessionFor } from "./seat-sign-in.ts";

interface Parts extends SeatSignInParts {
  readonly browsers: SeatBrowsers;
  readonly store: Store;
}

/** A code or token of oidc-provider. */
interface Given {
  readonly kind: string;
  readonly grantId?: string | undefined;
}

/**
 * The holder behind a code or token, or in whose open seat the browser is; `undefined` where that sign-in is over. His PS_IdNat is
 * the account: `sub` of clients with public subjects.
 */
export async function holderAccount(
  parts: Parts,
  id: string,
  from: Given | { readonly request: IncomingMessage },
): Promise<Account | undefined> {
  const session = "request" in from ? await sessionInSeat(parts, from.request) : await sessionBehind(parts, from);
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
async function sessionBehind(parts: Parts, { kind, grantId }: Given): Promise<Session | undefined> {
  const signIn = grantId === undefined ? undefined : await signInOf(parts.store.db, grantId);
  if (signIn === undefined) return undefined;
  const session = await parts.sessions.aliveById(signIn.session);
  const isSeated = session?.seat?.id === signIn.seat && session.seat.state === "open";
  if (!isSeated) return signIn.logoutAt === "end" ? session : undefined;
  // Who renews is decided on anew, as whoever signs in: policies know the hour.
  return kind === "RefreshToken" ? sessionFor(parts, signIn.seat, signIn.clientId) : session;
}
