/** Text without case and accents, so that `Éloïse` is found by `eloise`. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase()
    .trim();
}

/** The words of a text, folded: whatever stands between spaces, hyphens, apostrophes and the like. */
export function foldedWords(text: string): readonly string[] {
  return folded(text)
    .split(/[\s'’,;()/-]+/u)
    .filter(word => word !== "");
}
