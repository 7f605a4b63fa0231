import type { SignatureScheme } from "../../ports/signature-verifier.ts";
import type { PublicKeyKind } from "../public-key.ts";

/** Which keys and hashes a verdict accepts. MD5, SHA-1 in PSS, curves and algorithms that are not read are never accepted. */
export interface AlgorithmPolicy {
  /** For DSA too. */
  readonly leastRsaBits: number;
  readonly allowSha1: boolean;
  readonly allowDsa: boolean;
}

export function isKeyAllowed(key: PublicKeyKind, policy: AlgorithmPolicy): boolean {
  switch (key.kind) {
    case "rsa":
      return key.bits >= policy.leastRsaBits;
    case "dsa":
      return policy.allowDsa && key.bits >= policy.leastRsaBits;
    case "ec":
    case "ed25519":
      return true;
    case "other":
      return false;
    default:
      return key satisfies never;
  }
}

export function isSchemeAllowed(scheme: SignatureScheme | undefined, policy: AlgorithmPolicy): boolean {
  if (scheme === undefined || (scheme.kind === "dsa" && !policy.allowDsa)) return false;
  return scheme.kind === "ed25519" || scheme.hash !== "sha1" || policy.allowSha1;
}

/** A signature counts only by an algorithm of its key's own type. */
export function fitsKey(scheme: SignatureScheme, key: PublicKeyKind): boolean {
  switch (scheme.kind) {
    case "rsa-pkcs1":
    case "rsa-pss":
      return key.kind === "rsa";
    case "ecdsa":
      return key.kind === "ec";
    case "dsa":
      return key.kind === "dsa";
    case "ed25519":
      return key.kind === "ed25519";
    default:
      return scheme satisfies never;
  }
}
