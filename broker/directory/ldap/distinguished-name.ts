/**
 * A distinguished name (RFC 4514) in one form for all its spellings, for comparing: types and values in lower case, no spaces
 * around separators, runs of spaces as one (RFC 4518 2.6.1), escapes resolved and only those kept that are needed, parts of a
 * multi-valued part in order. What is no such name is answered in lower case.
 */
export function comparableName(name: string): string {
  const parts = splitUnescaped(name, ",").map(part => splitUnescaped(part, "+").map(comparablePair).sort().join("+"));
  return parts.join(",");
}

/** True for the entry itself, too. Both comparable. */
export function isWithin(name: string, base: string): boolean {
  return base === "" || name === base || name.endsWith(`,${base}`);
}

function comparablePair(pair: string): string {
  const at = pair.indexOf("=");
  if (at < 0) return pair.trim().toLowerCase();
  const value = unescaped(trimUnescaped(pair.slice(at + 1)));
  const folded = value.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
  return `${pair.slice(0, at).trim().toLowerCase()}=${folded.replaceAll(/[\\,+]/g, "\\$&")}`;
}

function splitUnescaped(text: string, separator: "," | "+"): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === separator) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

function trimUnescaped(value: string): string {
  const started = value.trimStart();
  const ended = started.trimEnd();
  return ended.endsWith("\\") && ended.length < started.length ? `${ended} ` : ended;
}

/** Pairs of hexadecimal digits are octets of UTF-8 (RFC 4514 2.4), so that neighbouring ones are read together. */
function unescaped(value: string): string {
  return value.replaceAll(/(?:\\[0-9a-fA-F]{2})+|\\(.)/gs, (all: string, plain: string | undefined) =>
    plain === undefined ? Buffer.from(all.replaceAll("\\", ""), "hex").toString("utf8") : plain,
  );
}
