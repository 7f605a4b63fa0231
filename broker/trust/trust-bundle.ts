import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { CompactSign, compactVerify, errors } from "jose";
import { z } from "zod";
import { Failure } from "../../core/errors/failure.ts";
import {
  type TrustDocument,
  trustDocument,
  type WrittenTrustDocument,
} from "../../core/trust-policy/trust-document.ts";

/** The `typ` of the bundle's header: a signature made for anything else is none of ours. */
const bundleType = "wardkey-trust";
const mostCharacters = 8_000_000;

/** A trust document signed as a compact JWS (RFC 7515): ES256 with a P-256 key, EdDSA with an Ed25519 key. */
export async function signTrustDocument(document: WrittenTrustDocument, privateKey: string): Promise<string> {
  const key = createPrivateKey(privateKey);
  return new CompactSign(new TextEncoder().encode(JSON.stringify(document)))
    .setProtectedHeader({ typ: bundleType, alg: algorithmOf(key) })
    .sign(key);
}

/**
 * The document in a bundle that one of our keys (PEM) signed. Rejects with `trust-bundle-refused`, whose detail says why: no
 * bundle, no signature of ours, no trust document.
 */
export async function openTrustBundle(bundle: string, keys: readonly string[]): Promise<TrustDocument> {
  if (bundle.length > mostCharacters) throw refused("larger than any trust document");
  const payload = await signedPayload(bundle.trim(), keys.map(createPublicKey));
  let written: unknown;
  try {
    written = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch {
    throw refused("no JSON");
  }
  const parsed = trustDocument.safeParse(written);
  if (!parsed.success) throw refused(`no trust document:\n${z.prettifyError(parsed.error)}`);
  if (parsed.data.version < 1) throw refused("a bundle's version begins at 1");
  return parsed.data;
}

async function signedPayload(bundle: string, keys: readonly KeyObject[]): Promise<Uint8Array> {
  for (const key of keys) {
    try {
      const { payload, protectedHeader } = await compactVerify(bundle, key, { algorithms: [algorithmOf(key)] });
      if (protectedHeader.typ !== bundleType) throw refused("signed for something else");
      return payload;
    } catch (problem) {
      if (!(problem instanceof errors.JOSEError)) throw problem;
    }
  }
  throw refused("not signed by a key that this broker knows");
}

function algorithmOf(key: KeyObject): string {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === "ed25519") return "EdDSA";
  if (details?.namedCurve === "prime256v1") return "ES256";
  throw refused("the key is neither P-256 nor Ed25519");
}

function refused(detail: string): Failure {
  return new Failure("trust-bundle-refused", { detail });
}
