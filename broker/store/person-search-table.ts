import { sql } from "kysely";
import { directoryEntry } from "../directory/directory-entry.ts";
import type { KnownPerson } from "../directory/standing.ts";
import type { Db } from "./store.ts";

/** Persons of a source of whose words this is one, whole; those too who may not be here. */
export async function personsOfWord(db: Db, source: string, word: string): Promise<readonly KnownPerson[]> {
  const rows = await db
    .selectFrom("directory_word as word")
    .innerJoin("directory_entry as entry", join =>
      join
        .onRef("entry.source", "=", "word.source")
        .onRef("entry.key", "=", "word.key")
        .on("entry.kind", "=", "person"),
    )
    .select(["entry.standing", "entry.entry_json"])
    .where("word.word", "=", word)
    .where("word.source", "=", source)
    .execute();
  return rows.flatMap(({ standing, entry_json }) => {
    const person = directoryEntry.parse(JSON.parse(entry_json));
    return person.kind === "person" ? [{ source, standing, person }] : [];
  });
}

/** Where a page of persons ends: they are in the order of their names, then sources, then keys. */
export interface PersonPosition {
  readonly name: string;
  readonly source: string;
  readonly key: string;
}

/** Shorter beginnings are those of so many persons that the order of names finds some of them sooner than the words. */
const selectiveFrom = 3;

/**
 * Persons of whose words each term begins one, after a position, in the order of their names. `terms` as `searchTerms` makes them;
 * none: everybody. Never looks at more rows than the longest term finds, or the page needs.
 */
export async function findPersons(db: Db, terms: readonly string[], after: PersonPosition | undefined, most: number) {
  const [longest = "", ...others] = [...terms].sort((a, b) => b.length - a.length);
  const isSelective = longest.length >= selectiveFrom;
  const persons = isSelective ? personsFound(db, longest) : allPersons(db);
  let query = persons.select(["entry.source", "entry.key", "entry.name_order", "entry.standing", "entry.entry_json"]);
  for (const term of isSelective ? others : terms) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom("directory_word as word")
          .select("word.word")
          .whereRef("word.source", "=", "entry.source")
          .whereRef("word.key", "=", "entry.key")
          .where("word.word", ">=", term)
          .where("word.word", "<", afterAll(term)),
      ),
    );
  }
  if (after !== undefined) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple("entry.name_order", "entry.source", "entry.key"), ">", tuple(after.name, after.source, after.key)),
    );
  }
  return query.orderBy("entry.name_order").orderBy("entry.source").orderBy("entry.key").limit(most).execute();
}

function allPersons(db: Db) {
  return db.selectFrom("directory_entry as entry").where("entry.kind", "=", "person");
}

/** The kind comes with what was found, so that the words lead to the entries and not the other way round. */
function personsFound(db: Db, term: string) {
  const found = db
    .selectFrom("directory_word as word")
    .select(["word.source", "word.key", sql.lit("person").as("kind")])
    .distinct()
    .where("word.word", ">=", term)
    .where("word.word", "<", afterAll(term));
  return db.selectFrom("directory_entry as entry").innerJoin(found.as("found"), join =>
    join
      .onRef("entry.source", "=", "found.source")
      .on(({ eb, ref }) => eb("entry.kind", "=", ref("found.kind").$castTo<"person">()))
      .onRef("entry.key", "=", "found.key"),
  );
}

/** The text that every text with this beginning stands before. */
function afterAll(beginning: string): string {
  return `${beginning}\u{10FFFF}`;
}
