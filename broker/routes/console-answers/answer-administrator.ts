import { Failure } from "../../../core/errors/failure.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { seatChange } from "../../services/seat-change.ts";
import type { SignedIn } from "../../steps/signed-in.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import type { ConsoleAnswersParts } from "./console-answers-parts.ts";

/** Shorter than proxies and browsers wait. */
const longestSilenceMs = 25_000;

/** Who is at the console, and whether he still is. */
export function answerAdministrator(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { configuration, sessions, enrolments, events, brokerVersion } = parts;
  const describe = async ({ session, workstation, roles }: SignedIn) => ({
    holder: session.holder,
    means: session.means,
    roles: [...roles],
    workstationName: await enrolments.nameOf(workstation),
    demonstration: configuration.demonstration,
    brokerVersion,
  });
  accept(consoleRoutes.administrator, describe);
  accept(consoleRoutes.seatChange, async (who, _question, gone) => {
    const changed = seatChange(events, who.seat, longestSilenceMs, gone);
    // Between the steps and here the card may have gone: nothing is waited for then.
    if ((await sessions.openSeat(who.seat)) !== undefined) await changed;
    if ((await sessions.openSeat(who.seat)) === undefined) throw new Failure("session-unknown");
    return describe(who);
  });
}
