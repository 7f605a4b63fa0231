import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { buildCertificate } from "../../core/x509/build-certificate.ts";
import { extensions } from "../../core/x509/extensions.ts";
import { fingerprint } from "../services/identifiers.ts";

export interface BrokerKey {
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
  /** SHA-256 of the SubjectPublicKeyInfo, base64url: what workstations are enrolled with. */
  readonly fingerprint: string;
}

const tenYearsMs = 10 * 365 * 86_400_000;

/** The broker's own long-lived key and its self-signed certificate, in one file that only the broker's user reads; made at first start. */
export function openBrokerKey(file: string, now: number): BrokerKey {
  if (!existsSync(file)) writeFileSync(file, makeKey(now), { mode: 0o600 });
  const pem = readFileSync(file, "utf8");
  const publicKey = createPublicKey(createPrivateKey(pem)).export({ type: "spki", format: "der" });
  return { key: pem, certificate: pem, fingerprint: fingerprint(publicKey) };
}

function makeKey(now: number): string {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const name = [[{ type: "2.5.4.3", value: "Wardkey broker" }]];
  const serial = randomBytes(16);
  serial[0] = 0x5a;
  const certificate = buildCertificate(
    {
      serial,
      issuer: name,
      subject: name,
      notBefore: now - 86_400_000,
      notAfter: now + tenYearsMs,
      publicKey: spki,
      extensions: [
        extensions.basicConstraints(false),
        extensions.keyUsage("digitalSignature"),
        extensions.extendedKeyUsage("1.3.6.1.5.5.7.3.1"),
        extensions.subjectKeyIdentifier(createHash("sha256").update(spki).digest().subarray(0, 20)),
      ],
    },
    { algorithm: "ecdsa-sha256", sign: data => sign("sha256", data, privateKey) },
  );
  return `${privateKey.export({ type: "pkcs8", format: "pem" })}${new X509Certificate(certificate)}`;
}
