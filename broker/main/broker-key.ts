import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { buildSelfSigned } from "../../core/x509/build-self-signed.ts";
import { fingerprint } from "../services/identifiers.ts";

export interface BrokerKey {
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
  /** SHA-256 of the SubjectPublicKeyInfo, base64url: what workstations are enrolled with. */
  readonly fingerprint: string;
}

const tlsServer = "1.3.6.1.5.5.7.3.1";

/** The broker's own long-lived key and its self-signed certificate, in one file that only the broker's user reads; made at first start. */
export function openBrokerKey(file: string, now: number): BrokerKey {
  if (!existsSync(file)) writeFileSync(file, makeKey(now), { mode: 0o600, flush: true });
  const pem = readFileSync(file, "utf8");
  const publicKey = createPublicKey(createPrivateKey(pem)).export({ type: "spki", format: "der" });
  return { key: pem, certificate: pem, fingerprint: fingerprint(publicKey) };
}

function makeKey(now: number): string {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const content = { commonName: "Wardkey broker", serial: randomBytes(16), publicKey: spki, purpose: tlsServer, now };
  const certificate = buildSelfSigned(content, {
    algorithm: "ecdsa-sha256",
    sign: data => sign("sha256", data, privateKey),
  });
  return `${privateKey.export({ type: "pkcs8", format: "pem" })}${new X509Certificate(certificate)}`;
}
