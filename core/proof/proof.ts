import { fromBase64, fromBase64Url, toBase64, toBase64Url } from "../bytes/base64.ts";
import type { Challenge } from "./challenge.ts";

/** The JWS algorithms (RFC 7518, 3.1) that a card's key can make here. */
export const proofAlgorithms = ["RS256", "ES256", "ES384"] as const;
export type ProofAlgorithm = (typeof proofAlgorithms)[number];

const proofType = "wardkey-proof+jwt";
const encoder = new TextEncoder();

/**
 * The JWS payload of a challenge. Its members stand in a fixed order, so that the broker rebuilds it byte for byte.
 */
function payloadOf(challenge: Challenge): Uint8Array {
  const { nonce, origin, brokerKey, workstation, purpose, key } = challenge;
  return encoder.encode(JSON.stringify({ nonce, aud: origin, brk: brokerKey, wks: workstation, purpose, key }));
}

/** The bytes that the card signs: RFC 7515 signing input with the certificate in the header (`x5c`). */
export function proofSigningInput(challenge: Challenge, certificate: Uint8Array, algorithm: ProofAlgorithm): string {
  const header = JSON.stringify({ typ: proofType, alg: algorithm, x5c: [toBase64(certificate)] });
  return `${toBase64Url(encoder.encode(header))}.${toBase64Url(payloadOf(challenge))}`;
}

/** RFC 7515 compact serialisation. `signature` is in JOSE form: PKCS#1 bytes, or r ‖ s. */
export function assembleProof(signingInput: string, signature: Uint8Array): string {
  return `${signingInput}.${toBase64Url(signature)}`;
}

/** A proof taken apart; nothing in it is believed yet. */
export interface ReceivedProof {
  readonly algorithm: ProofAlgorithm;
  readonly certificate: Uint8Array;
  readonly signingInput: string;
  readonly signature: Uint8Array;
}

/**
 * Takes a proof apart; `undefined` where it is not one. Only the exact serialisation that `proofSigningInput` makes is
 * read: the header is rebuilt from its two variable members and compared, so nothing unknown can hide in it.
 */
export function readProof(compact: string): ReceivedProof | undefined {
  const parts = compact.split(".");
  const [header, payload, signatureText] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || signatureText === undefined)
    return undefined;
  const headerBytes = fromBase64Url(header);
  const signature = fromBase64Url(signatureText);
  if (headerBytes === undefined || signature === undefined) return undefined;
  const fields = parseHeader(headerBytes);
  if (fields === undefined) return undefined;
  return { ...fields, signingInput: `${header}.${payload}`, signature };
}

function parseHeader(bytes: Uint8Array): Pick<ReceivedProof, "algorithm" | "certificate"> | undefined {
  let written: string;
  let header: unknown;
  try {
    // A byte order mark is kept, so that it is a difference.
    written = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(written);
  } catch {
    return undefined;
  }
  if (typeof header !== "object" || header === null) return undefined;
  const { alg, x5c } = header as { alg?: unknown; x5c?: unknown };
  const algorithm = proofAlgorithms.find(known => known === alg);
  const text: unknown = Array.isArray(x5c) && x5c.length === 1 ? x5c[0] : undefined;
  const certificate = typeof text === "string" ? fromBase64(text) : undefined;
  if (algorithm === undefined || certificate === undefined) return undefined;
  const rebuilt = JSON.stringify({ typ: proofType, alg: algorithm, x5c: [text] });
  return rebuilt === written ? { algorithm, certificate } : undefined;
}

/** True where the proof was made for exactly this challenge. */
export function proofAnswers(proof: ReceivedProof, challenge: Challenge): boolean {
  return proof.signingInput === proofSigningInput(challenge, proof.certificate, proof.algorithm);
}
