/**
 * String preparation of RFC 4518 as RFC 5280 section 7.1 wants it before directory strings are compared: what is mapped to
 * nothing goes, blanks of every kind become one, compatibility form, case folded.
 */
export function prepareName(value: string): string {
  // Every attribute of most certificates is plain ASCII: none of the rarer steps changes it.
  if (/^[\x20-\x7e]*$/.test(value)) return value.toLowerCase().trim().replaceAll(/ {2,}/g, " ");
  return value
    .replaceAll(mappedToNothing, "")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ς", "σ")
    .normalize("NFKC")
    .trim()
    .replaceAll(/\s+/gu, " ");
}

/** Section 2.2: soft hyphens, joiners, variation selectors, controls that are no blanks, and all that has no width. */
const mappedToNothing =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the very ones that the standard names.
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each is meant by itself.
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u06dd\u070f\u1806\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2063\u206a-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc]/gu;
