import { generateKeyPair, randomBytes, sign, X509Certificate } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { z } from "zod";
import type { Clock } from "../../core/ports/clock.ts";
import { buildSelfSigned } from "../../core/x509/build-self-signed.ts";

const signingKey = z.strictObject({
  /** PEM, RSA. */
  key: z.string(),
  certificate: z.string(),
});
export type SigningKey = z.infer<typeof signingKey>;

const keysFile = z.strictObject({
  /** Signs. */
  current: signingKey,
  /** Published beside it, so that it can take its place without an application noticing. */
  next: signingKey,
  /** Makes pairwise identifiers; changing it would make every holder a stranger to every application. */
  pairwise: z.string().min(32),
});

/** The keys of the broker as SAML identity provider. */
export type SamlKeys = z.infer<typeof keysFile>;

// Service providers of every age know RSA; fewer know an elliptic curve.
const keyBits = 3072;
const keyPurposeForAny = "2.5.29.37.0";

/** In one file that only the broker's user reads; made at first start. `now`: milliseconds since 1970. */
export async function openSamlKeys(file: string, now: number): Promise<SamlKeys> {
  if (!existsSync(file)) {
    const pairwise = randomBytes(32).toString("base64url");
    save(file, { current: await makeKey(now), next: await makeKey(now), pairwise });
  }
  return keysFile.parse(JSON.parse(readFileSync(file, "utf8")));
}

/** The keys of the file, read or made when they are first asked for: a house without SAML needs none. */
export function lazySamlKeys(file: string, clock: Clock): () => Promise<SamlKeys> {
  let opened: Promise<SamlKeys> | undefined;
  return () => {
    opened ??= openSamlKeys(file, clock.now()).catch(problem => {
      opened = undefined;
      throw problem;
    });
    return opened;
  };
}

/** The next key becomes the current one, and another is made to follow it. Counts when the broker starts again. */
export async function rotateSamlKeys(file: string, now: number): Promise<SamlKeys> {
  const { next, pairwise } = await openSamlKeys(file, now);
  const rotated = { current: next, next: await makeKey(now), pairwise };
  save(file, rotated);
  return rotated;
}

/** Whole or not at all: a half-written file would lock every application out. */
function save(file: string, keys: SamlKeys): void {
  const written = `${file}.new`;
  writeFileSync(written, JSON.stringify(keys), { mode: 0o600, flush: true });
  renameSync(written, file);
}

async function makeKey(now: number): Promise<SigningKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", { modulusLength: keyBits });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const certificate = buildSelfSigned(
    { commonName: "Wardkey SAML", serial: randomBytes(16), publicKey: spki, purpose: keyPurposeForAny, now },
    { algorithm: "rsa-sha256", sign: data => sign("sha256", data, privateKey) },
  );
  return {
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
    certificate: String(new X509Certificate(certificate)),
  };
}
