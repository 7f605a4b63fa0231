/** Signature algorithms that we can verify; which of them a verdict accepts is its policy. RSA-PSS with the salt as long as the hash. */
export type SignatureScheme =
  | { readonly kind: "rsa-pkcs1"; readonly hash: HashName }
  | { readonly kind: "rsa-pss"; readonly hash: HashName; readonly saltLength: number }
  | { readonly kind: "ecdsa"; readonly hash: HashName; readonly encoding: "der" | "p1363" }
  | { readonly kind: "dsa"; readonly hash: HashName }
  | { readonly kind: "ed25519" };

export type HashName = "sha1" | "sha256" | "sha384" | "sha512";

/** Checks one signature. Never throws: what cannot be read is not verified. */
export interface SignatureVerifier {
  /** `publicKey` is a DER SubjectPublicKeyInfo. */
  verify(scheme: SignatureScheme, publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean;
}
