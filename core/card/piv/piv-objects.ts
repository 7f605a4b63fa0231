import type { CardKey, KeyAlgorithm } from "../card-driver.ts";

/** NIST SP 800-73-4 part 1: application, objects, key references and algorithms that signing in needs. */
export const pivApplication = Uint8Array.of(0xa0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00);

export const pivPinReference = 0x80;
export const pivUnblockingReference = 0x81;

export const holderUniqueIdentifier = Uint8Array.of(0x5f, 0xc1, 0x02);

/** The discovery object's tag: which PIN the card prefers (SP 800-73-4 part 1, 3.3.2). */
export const discoveryObject = Uint8Array.of(0x7e);
export const globalPinReference = 0x00;

/** Certificates that are free to read, by the name of their key. */
export const pivCertificates: readonly { readonly label: string; readonly object: Uint8Array }[] = [
  { label: "9A PIV Authentication", object: Uint8Array.of(0x5f, 0xc1, 0x05) },
  { label: "9C Digital Signature", object: Uint8Array.of(0x5f, 0xc1, 0x0a) },
  { label: "9D Key Management", object: Uint8Array.of(0x5f, 0xc1, 0x0b) },
  { label: "9E Card Authentication", object: Uint8Array.of(0x5f, 0xc1, 0x01) },
];

interface PivKey {
  readonly reference: number;
  /** The object that holds the key's certificate. */
  readonly certificate: Uint8Array;
}

export const pivKeys: Readonly<Record<CardKey, PivKey>> = {
  authentication: { reference: 0x9a, certificate: Uint8Array.of(0x5f, 0xc1, 0x05) },
  presence: { reference: 0x9e, certificate: Uint8Array.of(0x5f, 0xc1, 0x01) },
};

interface PivAlgorithm {
  readonly identifier: number;
  /** Bytes of an RSA block, or of an EC field element. */
  readonly size: number;
}

/** SP 800-78-4 table 6-2; RSA-3072 by SP 800-78-5. */
export const pivAlgorithms: Readonly<Record<KeyAlgorithm, PivAlgorithm>> = {
  "rsa-2048": { identifier: 0x07, size: 256 },
  "rsa-3072": { identifier: 0x05, size: 384 },
  "p-256": { identifier: 0x11, size: 32 },
  "p-384": { identifier: 0x14, size: 48 },
};
