import { z } from "zod";
import { Failure } from "../../core/errors/failure.ts";
import { type PersonFound, type PersonsView, personsOnPage } from "../../protocol/broker/console/directory-view.ts";
import { directoryPerson } from "../directory/directory-entry.ts";
import { searchTerms } from "../directory/search-words.ts";
import { findPersons, type PersonPosition } from "../store/person-search-table.ts";
import type { Db } from "../store/store.ts";

const position = z.tuple([z.string(), z.string(), z.string()]);

/** A page of the directory's persons whose words begin as what was typed. Rejects with `request-malformed` where `after` is none of ours. */
export async function findPersonsPage(db: Db, search: string, after: string | undefined): Promise<PersonsView> {
  const from = after === undefined ? undefined : positionIn(after);
  const rows = await findPersons(db, searchTerms(search), from, personsOnPage + 1);
  const page = rows.slice(0, personsOnPage);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  const persons = page.map(({ source, standing, entry_json }): PersonFound => {
    const { key, displayName, holder, account, mail } = directoryPerson.parse(JSON.parse(entry_json));
    return { source, key, displayName, standing, holder, account, mail };
  });
  if (last === undefined) return { persons };
  return { persons, next: JSON.stringify([last.name_order, last.source, last.key]) };
}

function positionIn(after: string): PersonPosition {
  try {
    const [name, source, key] = position.parse(JSON.parse(after));
    return { name, source, key };
  } catch (cause) {
    throw new Failure("request-malformed", { detail: "no place in the list of persons", cause });
  }
}
