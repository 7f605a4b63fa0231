import { readCertificate } from "../../certificate/certificate.ts";
import type { CardKey } from "../card-driver.ts";
import { keyUsage, type PrivateKeyEntry } from "./private-key-directory.ts";

const digitalSignature = 0;

/**
 * Whether a key of the card may be the wanted one: the one behind the PIN, or the one that signs without. A key for documents
 * (non-repudiation) never signs anybody in. Labels decide nothing.
 */
export function mayBeKeyFor(wanted: CardKey, { pin, usage }: PrivateKeyEntry): boolean {
  if (usage.has(keyUsage.nonRepudiation) || !usage.has(keyUsage.sign)) return false;
  return (pin !== undefined) === (wanted === "authentication");
}

/** Whether a certificate is one that signs in by what it says itself; the broker's verdict comes later. */
export function mayCertify(certificate: Uint8Array): boolean {
  try {
    const { keyUsage: allowed, isAuthority } = readCertificate(certificate);
    return !isAuthority && (allowed === undefined || allowed.has(digitalSignature));
  } catch {
    return false;
  }
}
