import type { CardKey, KeyAlgorithm } from "../card-driver.ts";

/** NIST SP 800-73-4 part 1: application, objects, key references and algorithms that signing in needs. */
export const pivApplication = Uint8Array.of(0xa0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00);

export const pivPinReference = 0x80;
export const pivUnblockingReference = 0x81;

export const holderUniqueIdentifier = Uint8Array.of(0x5f, 0xc1, 0x02);

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
