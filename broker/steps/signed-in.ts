import type { IncomingMessage } from "node:http";
import { Failure } from "../../core/errors/failure.ts";
import type { Session } from "../../core/session/session.ts";
import type { ConsoleRole } from "../../protocol/broker/console/roles.ts";
import type { SeatBrowsers } from "../oidc/seat-browsers.ts";
import type { Administrators } from "../services/administrators.ts";
import type { Sessions } from "../services/sessions.ts";

export interface SignedInParts {
  /** Browsers that the console was launched in. */
  readonly browsers: SeatBrowsers;
  readonly sessions: Sessions;
  readonly administrators: Administrators;
}

/** Who asks: the holder of the seat that this browser was opened for, while his card is in. */
export interface SignedIn {
  readonly session: Session;
  readonly seat: string;
  readonly workstation: string;
  readonly roles: readonly ConsoleRole[];
}

/** There is no other console session than the open seat itself: card out, moved or ended, and this throws `session-unknown`. */
export async function signedIn(request: IncomingMessage, parts: SignedInParts): Promise<SignedIn> {
  const { browsers, sessions, administrators } = parts;
  const bound = browsers.boundTo(request);
  const session = bound === undefined ? undefined : await sessions.openSeat(bound.seat);
  if (session?.seat === undefined || session.holder.id !== bound?.holder) throw new Failure("session-unknown");
  const { id: seat, workstation } = session.seat;
  return { session, seat, workstation, roles: administrators.rolesOf(session) };
}
