import type { Db } from "./store.ts";

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
  let query = db
    .selectFrom("directory_entry as entry")
    .select(["entry.source", "entry.key", "entry.name_order", "entry.standing", "entry.entry_json"])
    .where("entry.kind", "=", "person");
  if (longest.length >= selectiveFrom) {
    query = query.where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple("entry.source", "entry.key"),
        "in",
        selectFrom("directory_word as word")
          .select(["word.source", "word.key"])
          .where("word.word", ">=", longest)
          .where("word.word", "<", afterAll(longest))
          .$asTuple("source", "key"),
      ),
    );
  }
  for (const term of longest.length >= selectiveFrom ? others : terms) {
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

/** The text that every text with this beginning stands before. */
function afterAll(beginning: string): string {
  return `${beginning}\u{10FFFF}`;
}
