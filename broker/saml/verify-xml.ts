import { SignedXml } from "xml-crypto";
import { algorithms, namespaces } from "./names.ts";
import { childOf, childrenOf, type DomNode, documentOf, readXml, refused, type XmlElement } from "./read-xml.ts";

const { signature } = namespaces;
const digests: readonly string[] = [algorithms.sha256, algorithms.sha512];
const signatures: readonly string[] = [algorithms.rsaSha256, algorithms.rsaSha512];

/**
 * A signed message as its signature covers it: what is answered was read from the very bytes that were signed, so that nothing can be
 * wrapped around them. The signature must be one, in the message's own first level, over the whole message, and of the form that SAML
 * prescribes (saml-core-2.0-os, section 5.4). `certificates`: the sender's, in PEM; a key that the message brings along counts for nothing.
 * Throws `saml-message-refused`.
 */
export function verifyXml(text: string, certificates: readonly string[]): XmlElement {
  const message = readXml(text);
  checkForm(message);
  for (const certificate of certificates) {
    const signed = signedPart(text, certificate);
    if (signed === undefined) continue;
    const read = readXml(signed);
    if (read.name !== message.name || read.attributes["ID"] !== message.attributes["ID"]) break;
    return read;
  }
  throw refused("its signature is not that of a key of its sender");
}

/** Whether there is a signature to be checked. */
export function isSigned(message: XmlElement): boolean {
  return childrenOf(message, signature, "Signature").length > 0;
}

function checkForm(message: XmlElement): void {
  const own = childOf(message, signature, "Signature");
  const info = own === undefined ? undefined : childOf(own, signature, "SignedInfo");
  const reference = info === undefined ? undefined : childOf(info, signature, "Reference");
  if (info === undefined || reference === undefined) throw refused("it has no signature over one thing");
  const all = [...withDescendants(message)];
  if (all.filter(element => element.name === "Signature" || element.name === "SignedInfo").length !== 2)
    throw refused("it has more than one signature");
  const ids = all.flatMap(({ attributes }) => attributes["ID"] ?? attributes["Id"] ?? attributes["id"] ?? []);
  if (new Set(ids).size !== ids.length) throw refused("it has one ID twice");
  const id = message.attributes["ID"];
  if (id === undefined || reference.attributes["URI"] !== `#${id}`)
    throw refused("its signature is over something else");
  if (!signatures.includes(algorithmOf(info, "SignatureMethod")))
    throw refused("its signature's algorithm is not taken");
  if (!digests.includes(algorithmOf(reference, "DigestMethod"))) throw refused("its digest's algorithm is not taken");
  if (algorithmOf(info, "CanonicalizationMethod") !== algorithms.exclusive)
    throw refused("its canonical form is not taken");
  const transforms = childOf(reference, signature, "Transforms");
  const named = transforms?.children.map(({ attributes }) => attributes["Algorithm"]) ?? [];
  if (named.join(" ") !== `${algorithms.enveloped} ${algorithms.exclusive}`)
    throw refused("its transforms are not taken");
}

function algorithmOf(parent: XmlElement, name: string): string {
  return childOf(parent, signature, name)?.attributes["Algorithm"] ?? "";
}

function* withDescendants(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* withDescendants(child);
}

/** The canonical bytes that this key has signed, where it has. */
function signedPart(text: string, certificate: string): string | undefined {
  const checking = new SignedXml({ publicCert: certificate, getCertFromKeyInfo: () => null });
  const own = Array.from(documentOf(text).childNodes).find(
    ({ namespaceURI, localName }) => namespaceURI === signature && localName === "Signature",
  );
  try {
    checking.loadSignature(own as DomNode & Parameters<typeof checking.loadSignature>[0]);
    return checking.checkSignature(text) ? checking.getSignedReferences()[0] : undefined;
  } catch {
    // It throws where the value is wrong, and answers false where the digest is.
    return undefined;
  }
}
