import type { DirectoryPerson } from "./directory-entry.ts";
import { folded, foldedWords } from "./folded-words.ts";

const longestWord = 100;

/** The beginnings by which a person is found: each word of his name, his identifier, account and mail address. */
export function searchWords({ displayName, holder, account, mail }: DirectoryPerson): readonly string[] {
  const whole = [holder, account, mail].flatMap(text => (text === undefined ? [] : folded(text)));
  const words = [...searchTerms(displayName), ...foldedWords(displayName), ...whole];
  return [...new Set(words.map(word => word.slice(0, longestWord)))].filter(word => word !== "");
}

/** What somebody typed, as terms that each have to begin a word of who is found. */
export function searchTerms(typed: string): readonly string[] {
  return folded(typed)
    .split(/\s+/u)
    .filter(term => term !== "")
    .map(term => term.slice(0, longestWord));
}
