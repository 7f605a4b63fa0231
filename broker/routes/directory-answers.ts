import { asFailure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { type ImportEffects, mostNamed } from "../../protocol/broker/console/directory-view.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { Admission } from "../directory/admission.ts";
import type { DirectoryPerson } from "../directory/directory-entry.ts";
import { importChange, importPersons, keepPerson } from "../directory/embedded-directory.ts";
import type { BrokerConfiguration } from "../main/configuration.ts";
import { acceptLoss } from "../services/accept-loss.ts";
import type { AdministratorAct } from "../services/administrator-act.ts";
import { directoryConflicts, directoryOverview } from "../services/directory-overview.ts";
import type { Enrolments } from "../services/enrolments.ts";
import { findPersonsPage } from "../services/find-persons.ts";
import { holderOverview } from "../services/holder-overview.ts";
import type { House } from "../services/house.ts";
import type { Sessions } from "../services/sessions.ts";
import type { SignedIn } from "../steps/signed-in.ts";
import type { Store } from "../store/store.ts";
import type { AcceptConsoleRoute } from "./console-route.ts";

export interface DirectoryAnswersParts {
  readonly configuration: Pick<BrokerConfiguration, "directory">;
  readonly house: House;
  readonly store: Store;
  readonly clock: Clock;
  readonly enrolments: Enrolments;
  readonly sessions: Sessions;
  /** What the trail says of who does it, and why. */
  actOf(who: SignedIn, reason: string): Promise<AdministratorAct>;
}

/** What the broker answers to the console's questions about the directory and its holders. */
export function answerDirectory(accept: AcceptConsoleRoute, parts: DirectoryAnswersParts): void {
  const { configuration, house, store, clock, enrolments, sessions, actOf } = parts;
  const { db } = store;
  const admission = new Admission(configuration.directory);
  const nameOf = (workstation: string) => enrolments.nameOf(workstation);

  accept(consoleRoutes.directory, () => directoryOverview(db, configuration.directory, clock.now()));
  accept(consoleRoutes.directoryConflicts, () => directoryConflicts(db));
  accept(consoleRoutes.acceptLoss, async (who, { source, reason }) => {
    await acceptLoss(store, source, await actOf(who, reason));
    return {};
  });
  accept(consoleRoutes.keepPerson, async (who, { groups, reason, ...person }) => {
    await keepPerson(store, person, groups, await actOf(who, reason));
    await sessions.endWithdrawn();
    return {};
  });
  accept(consoleRoutes.importEffects, async (_who, { text }): Promise<ImportEffects> => {
    try {
      const { added, changed, lost } = await importChange(store, text);
      return { outcome: "readable", added: named(added), changed: named(changed), lost: named(lost) };
    } catch (problem) {
      const { code, detail = "" } = asFailure(problem);
      if (code !== "directory-data-unreadable") throw problem;
      return { outcome: "unreadable", detail };
    }
  });
  accept(consoleRoutes.importPersons, async (who, { text, expected, reason }) => {
    await importPersons(store, text, expected, await actOf(who, reason));
    await sessions.endWithdrawn();
    return {};
  });
  accept(consoleRoutes.persons, (_who, { search = "", after }) => findPersonsPage(db, search, after));
  accept(consoleRoutes.holder, (_who, { holder }) =>
    holderOverview({ db, house, admission, now: clock.now(), nameOf }, holder),
  );
}

function named(persons: readonly DirectoryPerson[]) {
  const first = persons.slice(0, mostNamed).map(({ key, displayName }) => ({ holder: key, displayName }));
  return { count: persons.length, first };
}
