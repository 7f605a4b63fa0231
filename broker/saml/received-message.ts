import type { IncomingMessage } from "node:http";
import type { House } from "../services/house.ts";
import { checkEnvelope, type Expected, issuerOf } from "./check-envelope.ts";
import { type PostedMessage, readPost } from "./post-binding.ts";
import { readXml, refused, type XmlElement } from "./read-xml.ts";
import { readRedirect, verifyRedirect } from "./redirect-binding.ts";
import { type SamlApplication, samlApplicationNamed } from "./saml-application.ts";
import { isSigned, verifyXml } from "./verify-xml.ts";

/** A message whose form and sender are known, and whose signature is good where it has one. */
export interface ReceivedMessage {
  readonly message: XmlElement;
  readonly sender: SamlApplication;
  readonly signed: boolean;
  /** The sender's own: given back with the answer, as it came. */
  readonly relayState: string | undefined;
  /** Where it came in a form. */
  readonly posted: PostedMessage | undefined;
}

/** saml-bindings-2.0-os, section 3.4.3 says 80 bytes; applications that put an address into it are many. */
const longestRelayState = 1024;

/** A request by HTTP-Redirect or HTTP-POST, from an application of the house. Throws `saml-message-refused`. */
export async function receiveMessage(
  request: IncomingMessage,
  house: House,
  expected: Expected,
): Promise<ReceivedMessage> {
  const received = request.method === "POST" ? await receivePosted(request, house) : receiveRedirected(request, house);
  checkEnvelope(received.message, received.signed, expected);
  if (!received.signed && received.sender.provider.requestsSigned) throw refused("it is not signed");
  if ((received.relayState?.length ?? 0) > longestRelayState) throw refused("its RelayState is too long");
  return received;
}

async function receivePosted(request: IncomingMessage, house: House): Promise<ReceivedMessage> {
  const posted = await readPost(request);
  const { text, relayState } = posted;
  const claimed = readXml(text);
  const sender = senderOf(claimed, house);
  const signed = isSigned(claimed) && sender.provider.signingCertificates.length > 0;
  const message = signed ? verifyXml(text, sender.provider.signingCertificates) : claimed;
  return { message, sender: senderOf(message, house), signed, relayState, posted };
}

function receiveRedirected(request: IncomingMessage, house: House): ReceivedMessage {
  const { message, relayState, signature } = readRedirect((request.url ?? "").split(/\?(.*)/s)[1] ?? "");
  const sender = senderOf(message, house);
  const signed = signature !== undefined && sender.provider.signingCertificates.length > 0;
  if (signed) verifyRedirect(signature, sender.provider.signingCertificates);
  return { message, sender, signed, relayState, posted: undefined };
}

function senderOf(message: XmlElement, house: House): SamlApplication {
  const sender = samlApplicationNamed(house, issuerOf(message));
  if (sender === undefined) throw refused("the configuration has no application that is its sender");
  return sender;
}
