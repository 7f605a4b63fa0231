import { asFailure } from "../../../core/errors/failure.ts";
import { type ImportEffects, mostNamed } from "../../../protocol/broker/console/directory-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { Admission } from "../../directory/admission.ts";
import type { DirectoryPerson } from "../../directory/directory-entry.ts";
import { importChange, importPersons, keepPerson } from "../../directory/embedded-directory.ts";
import { pausesOverview } from "../../fallback/sign-in-pauses.ts";
import { resetFactors } from "../../second-factor/reset-factors.ts";
import { acceptLoss } from "../../services/accept-loss.ts";
import { directoryConflicts, directoryOverview } from "../../services/directory-overview.ts";
import { findPersonsPage } from "../../services/find-persons.ts";
import { holderOverview } from "../../services/holder-overview.ts";
import type { SignedIn } from "../../steps/signed-in.ts";
import { holderBehind } from "../../store/alias-table.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import { actOf, type ConsoleAnswersParts } from "./console-answers-parts.ts";

/** What the broker answers to the console's questions about the directory and its holders. */
export function answerDirectory(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { configuration, house, store, clock, enrolments, sessionEndings } = parts;
  const recorded = async (who: SignedIn, reason: string) => ({ ...(await actOf(who, parts)), detail: reason });
  const { db } = store;
  const admission = new Admission(configuration.directory);
  const pausedUntil = async (holder: string) =>
    (await pausesOverview(store, parts.passwords, clock.now())).holders.find(({ id }) => id === holder)?.until;
  const nameOf = (workstation: string) => enrolments.nameOf(workstation);

  accept(consoleRoutes.directory, () => directoryOverview(db, configuration.directory, clock.now()));
  accept(consoleRoutes.directoryConflicts, () => directoryConflicts(db));
  accept(consoleRoutes.acceptLoss, async (who, { source, reason }) => {
    await acceptLoss(store, source, await recorded(who, reason));
    return {};
  });
  accept(consoleRoutes.keepPerson, async (who, { groups, reason, ...person }) => {
    await keepPerson(store, person, groups, await recorded(who, reason));
    await sessionEndings.endWithdrawn();
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
    await importPersons(store, text, expected, await recorded(who, reason));
    await sessionEndings.endWithdrawn();
    return {};
  });
  accept(consoleRoutes.resetSecondFactors, async (who, { holder, reason }) => {
    await resetFactors(store, await holderBehind(db, holder), reason, await actOf(who, parts));
    return {};
  });
  accept(consoleRoutes.persons, (_who, { search = "", after }) => findPersonsPage(db, search, after));
  accept(consoleRoutes.holder, (_who, { holder }) =>
    holderOverview({ db, house, admission, now: clock.now(), nameOf, pausedUntil }, holder),
  );
}

function named(persons: readonly DirectoryPerson[]) {
  const first = persons.slice(0, mostNamed).map(({ key, displayName }) => ({ holder: key, displayName }));
  return { count: persons.length, first };
}
