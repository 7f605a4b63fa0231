import type { PinEntry } from "./authentication-directory.ts";
import type { CertificateEntry } from "./certificate-directory.ts";
import type { PrivateKeyEntry } from "./private-key-directory.ts";

/** A private key that may sign, and where its certificate stands. */
export interface UsableKey {
  readonly key: PrivateKeyEntry;
  readonly certificate: CertificateEntry;
}

/**
 * Where a family's specification says that everything stands in the application of the keys, so that a card which agrees need not
 * be asked for its directory. A card agrees that shows a certificate there and signs for it; any other's directory is read.
 */
export interface KnownLayout {
  /** In the order in which they are looked for. */
  readonly keys: readonly UsableKey[];
  /** Of all these keys. */
  readonly pin: PinEntry;
}

/**
 * The name under which it is kept of a chip that its layout is not the known one, when it refused to sign or signed for another
 * certificate.
 */
export const unlikeLayout = "unlike-its-layout";
