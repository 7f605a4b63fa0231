import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { signTrustDocument } from "../../broker/trust/trust-bundle.ts";
import { trustDocument } from "../../core/trust-policy/trust-document.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey trust sign --key FILE DOCUMENT

Prints the trust bundle of DOCUMENT (JSON; docs/trust.md shows one): a JWS signed by the private key in FILE (PEM, P-256 or
Ed25519). A certificate may be written as "file:PATH" (PEM or DER, from DOCUMENT's folder); the bundle carries it whole.`;

/** `wardkey trust sign`. */
export async function trustSign(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { key: { type: "string" }, help: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (values.help || file === undefined || values.key === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    const written = withCertificates(JSON.parse(readFileSync(file, "utf8")), dirname(file));
    const parsed = trustDocument.safeParse(written);
    if (!parsed.success) throw new Error(`${file} is no trust document:\n${z.prettifyError(parsed.error)}`);
    if (parsed.data.version < 1) throw new Error(`${file}: a bundle's version begins at 1`);
    console.log(await signTrustDocument(parsed.data, readFileSync(values.key, "utf8")));
    return 0;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}

/** Puts certificates in the place of the files that hold them, wherever a document may name one. */
export function withCertificates(value: unknown, folder: string): unknown {
  if (Array.isArray(value)) return value.map(member => withCertificates(member, folder));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        name === "certificate" || name === "intermediates"
          ? certificatesIn(member, folder)
          : withCertificates(member, folder),
      ]),
    );
  }
  return value;
}

function certificatesIn(member: unknown, folder: string): unknown {
  if (Array.isArray(member)) return member.map(one => certificatesIn(one, folder));
  if (typeof member !== "string" || !member.startsWith("file:")) return member;
  const file = resolve(folder, member.slice("file:".length));
  return new X509Certificate(readFileSync(file)).raw.toString("base64");
}
