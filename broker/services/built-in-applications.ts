import { ownApplication } from "../../core/second-factor/own-application.ts";
import type { Session } from "../../core/session/session.ts";
import type { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import type { Administrators } from "./administrators.ts";

export type BuiltInApplication = typeof consoleApplication | typeof ownApplication;

/**
 * The broker's own applications in a holder's portal. They are not the policies' to give: whoever writes those would open the console
 * to himself.
 */
export class BuiltInApplications {
  readonly #administrators: Pick<Administrators, "applicationsOf">;
  readonly #secondFactorsWanted: () => boolean;

  constructor(administrators: Pick<Administrators, "applicationsOf">, secondFactorsWanted: () => boolean) {
    this.#administrators = administrators;
    this.#secondFactorsWanted = secondFactorsWanted;
  }

  applicationsOf(session: Session): readonly BuiltInApplication[] {
    const isByCard = session.means === "card-pin" || session.means === "card-presence";
    const own = isByCard && this.#secondFactorsWanted() ? [ownApplication] : [];
    return [...this.#administrators.applicationsOf(session), ...own];
  }
}
