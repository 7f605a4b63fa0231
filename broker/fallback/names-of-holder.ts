import type { DirectoryPerson } from "../directory/directory-entry.ts";
import { nameWords } from "../directory/standing.ts";

/** A name as it is compared: without case, accents and the order of its words. */
export const spokenName = nameWords;

/** By what a holder may call himself beside his temporary password: name, identifier (RPPS also without its prefix), account, mail address. */
export function namesOfHolder(
  holder: { readonly id: string; readonly displayName: string },
  persons: readonly DirectoryPerson[],
): readonly string[] {
  const withoutPrefix = /^8(\d{11})$/.exec(holder.id)?.[1];
  const said = persons.flatMap(({ displayName, account, mail }) => [displayName, account, mail]);
  const names = [holder.displayName, holder.id, withoutPrefix, ...said].flatMap(name =>
    name === undefined ? [] : [spokenName(name)],
  );
  return [...new Set(names)].filter(name => name !== "");
}
