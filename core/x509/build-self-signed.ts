import { buildCertificate, type Signer } from "./build-certificate.ts";
import { extensions } from "./extensions.ts";

const dayMs = 86_400_000;
const lifetimeMs = 10 * 365 * dayMs;

export interface SelfSignedContent {
  readonly commonName: string;
  /** 16 random bytes. */
  readonly serial: Uint8Array;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  /** The one extended key usage, by OID. */
  readonly purpose: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A certificate that only carries a key into TLS: who meets it knows the key, not the certificate. DER, good for ten years. */
export function buildSelfSigned(content: SelfSignedContent, signer: Signer): Uint8Array<ArrayBuffer> {
  const { commonName, publicKey, purpose, now } = content;
  const name = [[{ type: "2.5.4.3", value: commonName }]];
  // Positive, and of full length.
  const serial = Uint8Array.from(content.serial, (byte, index) => (index === 0 ? (byte & 0x3f) | 0x40 : byte));
  return buildCertificate(
    {
      serial,
      issuer: name,
      subject: name,
      notBefore: now - dayMs,
      notAfter: now + lifetimeMs,
      publicKey,
      extensions: [
        extensions.basicConstraints(false),
        extensions.keyUsage("digitalSignature"),
        extensions.extendedKeyUsage(purpose),
      ],
    },
    signer,
  );
}
