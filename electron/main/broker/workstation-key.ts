import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { buildSelfSigned } from "../../../core/x509/build-self-signed.ts";

const tlsClient = "1.3.6.1.5.5.7.3.2";

/** A new P-256 key for this workstation, PKCS#8 PEM. */
export function makeWorkstationKey(): string {
  return generateKeyPairSync("ec", { namedCurve: "P-256" })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
}

/** A self-signed certificate that carries the key into TLS; the broker looks at the key alone. PEM. */
export function certifyWorkstationKey(pem: string, now: number): string {
  const key = createPrivateKey(pem);
  const publicKey = createPublicKey(key).export({ type: "spki", format: "der" });
  const content = { commonName: "Wardkey workstation", serial: randomBytes(16), publicKey, purpose: tlsClient, now };
  const certificate = buildSelfSigned(content, { algorithm: "ecdsa-sha256", sign: data => sign("sha256", data, key) });
  return new X509Certificate(certificate).toString();
}
