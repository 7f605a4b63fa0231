/** What stands in the trail for an identifier: the number of its key, and 128 bits of HMAC-SHA-256 (RFC 2104, section 5), base64url. */
export function pseudonymText(key: number, mac: string): string {
  return `~${key}~${mac}`;
}

const pseudonym = /~\d{1,9}~[\w-]{22}/g;

export function isPseudonym(text: string): boolean {
  return text.replace(pseudonym, "") === "" && text !== "";
}

export function pseudonymsIn(text: string): readonly string[] {
  return text.match(pseudonym) ?? [];
}

/** The text with something else for each pseudonym in it. */
export function replacePseudonyms(text: string, by: (pseudonym: string) => string): string {
  return text.replace(pseudonym, by);
}
