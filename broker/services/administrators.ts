import type { Means } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import type { ConsoleRole } from "../../protocol/broker/console/roles.ts";

export interface Administrator {
  /** The identifier that sessions know the holder by. */
  readonly holder: string;
  readonly roles: readonly ConsoleRole[];
}

/** Nobody administers by less than his card. */
const means: readonly Means[] = ["card-pin", "card-presence"];

/** Who may use the console, and for what; default nobody. Read from the configuration. */
export class Administrators {
  readonly #administrators: readonly Administrator[];

  constructor(administrators: readonly Administrator[]) {
    this.#administrators = administrators;
  }

  get any(): boolean {
    return this.#administrators.length > 0;
  }

  rolesOf(session: Session): readonly ConsoleRole[] {
    if (!means.includes(session.means)) return [];
    return this.#administrators.filter(({ holder }) => holder === session.holder.id).flatMap(({ roles }) => roles);
  }

  /** The console as an application of the session's portal, where its holder has a role. */
  applicationsOf(session: Session): readonly (typeof consoleApplication)[] {
    return this.rolesOf(session).length > 0 ? [consoleApplication] : [];
  }
}
