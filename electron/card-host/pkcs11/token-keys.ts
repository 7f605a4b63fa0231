import { equalBytes } from "../../../core/bytes/bytes.ts";
import type { CardKey } from "../../../core/card/card-driver.ts";
import { readCertificate } from "../../../core/certificate/certificate.ts";
import type { Token, TokenCertificate } from "../../../protocol/card-host/module-messages.ts";

const digitalSignature = 0;
const nonRepudiation = 1;
/** Certificates made for signing in say so (RFC 5280, 4.2.1.12; Microsoft's smart card logon). */
const signInUses = ["1.3.6.1.5.5.7.3.2", "1.3.6.1.4.1.311.20.2.2"];

/** A key that a module shows, with the slot that it is used in. */
export interface TokenKey extends TokenCertificate {
  readonly slot: string;
}

/**
 * The certificate that goes with the key behind the PIN, or with one that signs without: private keys behind the PIN are not
 * shown before it, so what is shown needs none. One made for signing in comes before others; one for documents
 * (non-repudiation) never counts. Labels decide nothing.
 */
export function tokenKey(tokens: readonly Token[], wanted: CardKey): TokenKey | undefined {
  const candidates = tokens.flatMap(({ slot, certificates, openKeys }) =>
    certificates
      .filter(({ key }) => openKeys.some(open => equalBytes(open, key)) === (wanted === "presence"))
      .flatMap(shown => {
        const rank = rankOf(shown.certificate);
        return rank === undefined ? [] : [{ rank, key: { slot, ...shown } }];
      }),
  );
  return candidates.sort((one, other) => one.rank - other.rank)[0]?.key;
}

function rankOf(certificate: Uint8Array): number | undefined {
  try {
    const { keyUsage, extendedKeyUsage, isAuthority } = readCertificate(certificate);
    if (isAuthority || keyUsage?.has(digitalSignature) === false || keyUsage?.has(nonRepudiation) === true)
      return undefined;
    return extendedKeyUsage?.some(use => signInUses.includes(use)) === true ? 0 : 1;
  } catch {
    return undefined;
  }
}
