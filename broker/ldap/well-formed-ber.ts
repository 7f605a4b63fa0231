const deepest = 16;

/**
 * Where the element that begins at `at` ends, by its own length (X.690 8.1, definite lengths alone, RFC 4511 5.1); `undefined` where
 * its length has not come whole yet. Throws where it can be no such element.
 */
export function endOfElement(bytes: Uint8Array, at: number): number | undefined {
  const first = bytes[at + 1];
  if (first === undefined) return undefined;
  if (first < 0x80) return at + 2 + first;
  const octets = first & 0x7f;
  if (octets === 0 || octets > 4) throw new Error("a length that LDAP does not allow");
  let length = 0;
  for (let octet = 0; octet < octets; octet += 1) {
    const byte = bytes[at + 2 + octet];
    if (byte === undefined) return undefined;
    length = length * 256 + byte;
  }
  return at + 2 + octets + length;
}

/**
 * Throws where an element inside reaches out of the one around it. ldapts turns for ever on such a message, so every message is looked
 * at before it is read.
 */
export function checkNesting(bytes: Uint8Array, start = 0, end = bytes.length, depth = 0): void {
  if (depth > deepest) throw new Error("a message nested too deeply");
  for (let at = start; at < end; ) {
    const next = endOfElement(bytes, at);
    if (next === undefined || next > end) throw new Error("a length that reaches out of its message");
    const constructed = ((bytes[at] ?? 0) & 0x20) !== 0;
    if (constructed) checkNesting(bytes, contentOf(bytes, at), next, depth + 1);
    at = next;
  }
}

function contentOf(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
}
