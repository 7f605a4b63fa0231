import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pageWords } from "../oidc/page-words.ts";
import { refused } from "./read-xml.ts";
import { escaped } from "./write-xml.ts";

/** A message that came in a form (saml-bindings-2.0-os, section 3.5). */
export interface PostedMessage {
  /** As it was sent: its signature, where it has one, is inside. */
  readonly text: string;
  readonly relayState: string | undefined;
  /** It has been around once already: see `sendAround`. */
  readonly around: boolean;
}

const longestBody = 256 * 1024;
const aroundField = "around";
const script = "document.forms[0].submit()";
const scriptHash = createHash("sha256").update(script).digest("base64");

/** Throws `saml-message-refused`. */
export async function readPost(request: IncomingMessage): Promise<PostedMessage> {
  const fields = new URLSearchParams(await bodyOf(request));
  const one = (name: string) => {
    const [value, another] = fields.getAll(name);
    if (another !== undefined) throw refused(`it has two ${name}`);
    return value;
  };
  return {
    text: Buffer.from(one("SAMLRequest") ?? "", "base64").toString("utf8"),
    relayState: one("RelayState"),
    around: one(aroundField) !== undefined,
  };
}

/** Has the browser post these fields: by itself, or by a button where it runs no script. `cookie` binds it, where it is bound by this. */
export function sendForm(
  response: ServerResponse,
  to: string,
  fields: Readonly<Record<string, string | undefined>>,
  cookie?: string,
): void {
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    // Without form-action: a browser would hold it against every redirect that the application answers with.
    "content-security-policy": `default-src 'none'; script-src 'sha256-${scriptHash}'; frame-ancestors 'none'; base-uri 'none'`,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    ...(cookie === undefined ? {} : { "set-cookie": cookie }),
  });
  const { language, words } = pageWords(response);
  const inputs = Object.entries(fields)
    .filter(pair => pair[1] !== undefined)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value ?? "")}">`);
  response.end(
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Wardkey</title><form method="post" action="${escaped(to)}">` +
      `${inputs.join("")}<button>${words.next}</button></form><script>${script}</script></html>`,
  );
}

/**
 * A form that another site's page posted came without our cookie (SameSite=Lax). Has the browser post it once more, from a page of
 * ours: that one comes with it.
 */
export function sendAround(response: ServerResponse, to: string, { text, relayState }: PostedMessage): void {
  const SAMLRequest = Buffer.from(text).toString("base64");
  sendForm(response, to, { SAMLRequest, RelayState: relayState, [aroundField]: "1" });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > longestBody) throw refused("it is too long");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
