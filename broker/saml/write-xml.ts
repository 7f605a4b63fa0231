/** Markup that this file has written, so that nothing else is taken for it. */
export class Markup {
  readonly text: string;

  /** `text`: well-formed XML without a declaration. */
  constructor(text: string) {
    this.text = text;
  }
}

type Content = Markup | string | undefined;

/** One element. Strings are text, and escaped; what is `undefined` is left out. Names are the caller's own, never a peer's. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  ...content: readonly Content[]
): Markup {
  const written = Object.entries(attributes)
    .filter(pair => pair[1] !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(value ?? "")}"`)
    .join("");
  const inside = content.map(part => (part instanceof Markup ? part.text : escaped(part ?? ""))).join("");
  return new Markup(inside === "" ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`);
}

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** For text and for attribute values alike; what XML 1.0 cannot carry (section 2.2) becomes U+FFFD. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"\t\n\r]/g, character => references[character] ?? character);
}
