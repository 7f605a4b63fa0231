import { formatEnrolmentCode } from "../../../core/enrolment/enrolment-code.ts";
import { Failure } from "../../../core/errors/failure.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { placeOf } from "../../services/house.ts";
import { moveWorkstation, withdrawWorkstation } from "../../services/workstation-changes.ts";
import { workstationsOverview } from "../../services/workstations-overview.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import { actOf, type ConsoleAnswersParts } from "./console-answers-parts.ts";

/** The workstations of each place: which there are, new ones, and those that move or go. */
export function answerWorkstations(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { house, enrolments, brokerKey } = parts;
  const knownPlace = (id: string) => {
    if (placeOf(house, id) === undefined) throw new Failure("request-malformed", { detail: `no place “${id}”` });
    return id;
  };
  accept(consoleRoutes.workstations, (_who, question) => workstationsOverview(parts, question));
  accept(consoleRoutes.enrolmentCode, async (who, { place, reason }) => {
    const act = { ...(await actOf(who, parts)), detail: reason };
    const { secret, expiresAt } = await enrolments.newSecret(knownPlace(place), act);
    return { code: formatEnrolmentCode({ secret, brokerKey }), expiresAt };
  });
  accept(consoleRoutes.moveWorkstation, async (who, { workstation, place, reason }) => {
    await moveWorkstation(parts, workstation, knownPlace(place), reason, await actOf(who, parts));
    return {};
  });
  accept(consoleRoutes.withdrawWorkstation, async (who, { workstation, reason }) => {
    await withdrawWorkstation(parts, workstation, reason, await actOf(who, parts));
    return {};
  });
}
