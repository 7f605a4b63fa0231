import { directoryPerson } from "../directory/directory-entry.ts";
import { searchTerms } from "../directory/search-words.ts";
import { namesOfHolder, spokenName } from "../fallback/names-of-holder.ts";
import { holderBehind } from "../store/alias-table.ts";
import { knownHolder, knownHoldersNamed } from "../store/known-holder-table.ts";
import { findPersons } from "../store/person-search-table.ts";
import type { Db } from "../store/store.ts";

/** More of one name are ambiguous whatever they are. */
const mostNamed = 20;

/** The holders who go by what was typed: name in any order, identifier, account, mail address, in the directory or on a card of theirs. */
export async function holdersNamed(
  db: Db,
  typed: string,
): Promise<readonly { readonly id: string; readonly displayName: string }[]> {
  const name = spokenName(typed);
  const terms = searchTerms(typed);
  if (name === "" || terms.length === 0) return [];
  const named = new Map<string, string>();
  for (const { entry_json } of await findPersons(db, terms, undefined, mostNamed)) {
    const person = directoryPerson.parse(JSON.parse(entry_json));
    const { holder, displayName } = person;
    if (holder !== undefined && namesOfHolder({ id: holder, displayName }, [person]).includes(name))
      named.set(await holderBehind(db, holder), displayName);
  }
  for (const { id, displayName } of await knownHoldersNamed(db, name, mostNamed))
    if (!named.has(id)) named.set(id, displayName);
  for (const id of [name, `8${name}`]) {
    const known = await knownHolder(db, id);
    if (known !== undefined && namesOfHolder(known, []).includes(name)) named.set(id, known.displayName);
  }
  return [...named].map(([id, displayName]) => ({ id, displayName }));
}
