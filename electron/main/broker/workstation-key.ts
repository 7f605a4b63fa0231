import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { buildCertificate } from "../../../core/x509/build-certificate.ts";
import { extensions } from "../../../core/x509/extensions.ts";

const tenYearsMs = 10 * 365 * 86_400_000;

/** A new P-256 key for this workstation, PKCS#8 PEM. */
export function makeWorkstationKey(): string {
  return generateKeyPairSync("ec", { namedCurve: "P-256" })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
}

/** A self-signed certificate that carries the key into TLS; the broker looks at the key alone. PEM. */
export function certifyWorkstationKey(pem: string, now: number): string {
  const key = createPrivateKey(pem);
  const name = [[{ type: "2.5.4.3", value: "Wardkey workstation" }]];
  const serial = randomBytes(16);
  serial[0] = 0x57;
  const certificate = buildCertificate(
    {
      serial,
      issuer: name,
      subject: name,
      notBefore: now - 86_400_000,
      notAfter: now + tenYearsMs,
      publicKey: createPublicKey(key).export({ type: "spki", format: "der" }),
      extensions: [extensions.keyUsage("digitalSignature"), extensions.extendedKeyUsage("1.3.6.1.5.5.7.3.2")],
    },
    { algorithm: "ecdsa-sha256", sign: data => sign("sha256", data, key) },
  );
  return new X509Certificate(certificate).toString();
}
