import { createRequire } from "node:module";
import { Failure } from "../../core/errors/failure.ts";

/** An element as it was read: no prefixes, no comments, nothing of the document's own. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  /** Those without a namespace; SAML has no others of its own. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** What stands directly in it, without white space at either end. */
  readonly text: string;
}

/** As much of the DOM as is used: the package's own types would bring the browser's globals into the broker. */
export interface DomNode {
  readonly nodeType: number;
  readonly namespaceURI: string | null;
  readonly localName: string;
  readonly prefix: string | null | undefined;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<DomNode>;
  readonly attributes: ArrayLike<{
    readonly namespaceURI: string | null | undefined;
    readonly localName: string;
    readonly value: string;
  }>;
}

interface Dom {
  DOMParser: new (options: {
    errorHandler: () => void;
  }) => { parseFromString(text: string, type: "text/xml"): { readonly documentElement: DomNode | null } };
}

const { DOMParser } = createRequire(import.meta.url)("@xmldom/xmldom") as Dom;

const longestText = 256 * 1024;
const deepest = 32;
const mostElements = 4_000;
const elementNode = 1;
const textNode = 3;

/**
 * A message of SAML, read strictly. A document type, an entity, a comment, a processing instruction and a CDATA section have no place
 * in one, and are what most attacks on its readers are made of: a message that has any of them is refused before it is parsed.
 * Throws `saml-message-refused`.
 */
export function readXml(text: string): XmlElement {
  return asElement(documentOf(text), 0, { left: mostElements });
}

/** The same as a DOM, for the library that checks signatures. */
export function documentOf(text: string): DomNode {
  if (text.length > longestText) throw refused("it is too long");
  const body = text.replace(/^\ufeff?<\?xml [^<>]*\?>/, "");
  // An unescaped "<" cannot stand in an attribute's value, so this finds markup and nothing else.
  if (/<[!?]/.test(body)) throw refused("it has a document type, a comment, an instruction or a CDATA section");
  let faults = 0;
  const parser = new DOMParser({ errorHandler: () => (faults += 1) });
  let root: DomNode | null;
  try {
    root = parser.parseFromString(body, "text/xml").documentElement;
  } catch {
    root = null;
  }
  // What the parser says of it quotes the message, which may name the holder.
  if (faults > 0 || root === null) throw refused("it is not well-formed XML");
  return root;
}

function asElement(node: DomNode, depth: number, budget: { left: number }): XmlElement {
  budget.left -= 1;
  if (depth > deepest || budget.left < 0) throw refused("it is too deep or has too many elements");
  if (node.prefix && !node.namespaceURI) throw refused("it has a prefix that it does not declare");
  const nodes = Array.from(node.childNodes);
  return {
    namespace: node.namespaceURI ?? "",
    name: node.localName,
    attributes: Object.fromEntries(
      Array.from(node.attributes)
        .filter(({ namespaceURI }) => namespaceURI == null)
        .map(({ localName, value }) => [localName, value]),
    ),
    children: nodes
      .filter(({ nodeType }) => nodeType === elementNode)
      .map(child => asElement(child, depth + 1, budget)),
    text: nodes
      .filter(({ nodeType }) => nodeType === textNode)
      .map(({ nodeValue }) => nodeValue ?? "")
      .join("")
      .trim(),
  };
}

export function childrenOf(parent: XmlElement, namespace: string, name: string): readonly XmlElement[] {
  return parent.children.filter(child => child.namespace === namespace && child.name === name);
}

/** The one child of this name, where there is one. Two of them are refused. */
export function childOf(parent: XmlElement, namespace: string, name: string): XmlElement | undefined {
  const found = childrenOf(parent, namespace, name);
  if (found.length > 1) throw refused(`it has ${found.length} ${name}`);
  return found[0];
}

export function refused(detail: string): Failure {
  return new Failure("saml-message-refused", { detail });
}
