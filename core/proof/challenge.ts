import type { ProofKey, ProofPurpose } from "./proof-purpose.ts";

/**
 * All that a proof binds. The broker gives it, the agent signs it, and the broker rebuilds it from its own record to
 * compare (design D1).
 */
export interface Challenge {
  /** 256 random bits, base64url, 43 characters; single use. */
  readonly nonce: string;
  /** The broker's origin as the workstation reaches it, e.g. `https://broker.example:8443`. */
  readonly origin: string;
  /** SHA-256 of the broker's DER SubjectPublicKeyInfo, base64url. */
  readonly brokerKey: string;
  /** The enrolled workstation's identifier. */
  readonly workstation: string;
  readonly purpose: ProofPurpose;
  readonly key: ProofKey;
}

/** How long a challenge can be answered, in milliseconds. */
export const challengeLifetimeMs = 60_000;
