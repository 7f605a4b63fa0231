import { badRequest, type ScimType } from "../scim-problem.ts";

export type FilterWord =
  | { readonly kind: "sign"; readonly text: "(" | ")" | "[" | "]" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "word"; readonly text: string };

const longestFilter = 4_096;
const pattern = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/y;

/** Cuts a filter, or a path of PATCH, into its words. Throws a ScimProblem of the given kind. */
export function filterWords(text: string, scimType: ScimType): readonly FilterWord[] {
  if (text.length > longestFilter) throw badRequest(scimType, `longer than ${longestFilter} characters`);
  const trimmed = text.trimEnd();
  const words: FilterWord[] = [];
  let at = 0;
  while (at < trimmed.length) {
    pattern.lastIndex = at;
    const [whole, sign, quoted, word] = pattern.exec(trimmed) ?? [];
    if (whole === undefined) throw badRequest(scimType, `cannot be read from character ${at + 1} on`);
    if (sign !== undefined) words.push({ kind: "sign", text: sign as "(" });
    else if (quoted !== undefined) words.push({ kind: "text", text: unquoted(quoted, scimType) });
    else if (word !== undefined) words.push({ kind: "word", text: word });
    at += whole.length;
  }
  return words;
}

/** A text is one of JSON (RFC 7644, figure 1: compValue). */
function unquoted(quoted: string, scimType: ScimType): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw badRequest(scimType, `${quoted.slice(0, 100)} is no text of JSON`);
  }
}
