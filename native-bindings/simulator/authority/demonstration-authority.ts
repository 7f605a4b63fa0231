import type { KeyObject } from "node:crypto";
import { createHash, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildCertificate, type Name } from "../../../core/x509/build-certificate.ts";
import { buildCrl } from "../../../core/x509/build-crl.ts";
import { extensions } from "../../../core/x509/extensions.ts";
import { type DemonstrationCard, demonstrationCards } from "./demonstration-cards.ts";
import { holderCertificate, serialOf, testPersonsPolicy } from "./holder-certificate.ts";
import { keyIdentifierOf, makeKey, publicKeyOf, readKey, signerWith, writeKey } from "./key-files.ts";

const day = 86_400_000;
const crlLifetime = 7 * day;

/** One key of a demonstration card with its certificate. */
export interface DemonstrationKey {
  readonly key: KeyObject;
  /** DER. */
  readonly certificate: Uint8Array;
}

export interface DemonstrationKeys {
  readonly authentication: DemonstrationKey;
  readonly presence: DemonstrationKey;
}

/** What a broker in demonstration mode trusts, and what the virtual cards carry. Paths are absolute if `directory` is. */
export interface DemonstrationAuthority {
  readonly anchors: readonly string[];
  readonly intermediates: readonly string[];
  readonly crls: readonly string[];
  keysOf(card: DemonstrationCard): DemonstrationKeys;
}

const authorityName = (commonName: string): Name => [
  [{ type: "2.5.4.6", value: "FR" }],
  [{ type: "2.5.4.10", value: "WARDKEY DEMONSTRATION" }],
  [{ type: "2.5.4.11", value: "WARDKEY TEST" }],
  [{ type: "2.5.4.3", value: commonName }],
];
const rootName = authorityName("TEST AC RACINE WARDKEY");
const issuingName = authorityName("TEST AC WARDKEY PERSONNES");

/**
 * The authority of the demonstration cards, made at first use in `directory` (keys only their owner can read). Its names
 * begin with TEST, so that only a broker in demonstration mode accepts it. `now` in milliseconds since 1970.
 */
export function openDemonstrationAuthority(directory: string, now: number): DemonstrationAuthority {
  if (!existsSync(directory)) makeBeside(directory, draft => makeAuthorities(draft, now));
  renewCrls(directory, now);
  const file = (name: string) => join(directory, name);
  return {
    anchors: [file("root.pem")],
    intermediates: [file("issuing.pem")],
    crls: [file("root.crl"), file("issuing.crl")],
    keysOf: card => {
      const folder = join(directory, `card-${card.sameChipAs ?? card.id}`);
      if (!existsSync(folder)) makeBeside(folder, draft => makeCard(directory, draft, card, now));
      return { authentication: readCardKey(folder, "authentication"), presence: readCardKey(folder, "presence") };
    },
  };
}

/** Made beside its place and moved there whole, so that two first users do not meet half of it. */
function makeBeside(directory: string, make: (draft: string) => void): void {
  mkdirSync(dirname(directory), { recursive: true });
  const draft = mkdtempSync(`${directory}-`);
  make(draft);
  try {
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
}

function makeAuthorities(directory: string, now: number): void {
  for (const prefix of ["", "unknown-"]) {
    const root = makeKey("rsa-2048");
    const issuing = makeKey("rsa-2048");
    writeKey(join(directory, `${prefix}root.key`), root);
    writeKey(join(directory, `${prefix}issuing.key`), issuing);
    writePem(join(directory, `${prefix}root.pem`), authorityCertificate(rootName, root, rootName, root, now));
    writePem(join(directory, `${prefix}issuing.pem`), authorityCertificate(issuingName, issuing, rootName, root, now));
  }
}

function authorityCertificate(
  subject: Name,
  key: KeyObject,
  issuer: Name,
  issuerKey: KeyObject,
  now: number,
): Uint8Array {
  const isRoot = subject === issuer;
  const keyIdentifier = keyIdentifierOf(key);
  return buildCertificate(
    {
      serial: createHash("sha256").update(keyIdentifier).digest().fill(0x51, 0, 1).subarray(0, 16),
      issuer,
      subject,
      notBefore: now - 30 * day,
      notAfter: now + 3650 * day,
      publicKey: publicKeyOf(key),
      extensions: [
        extensions.basicConstraints(true, isRoot ? undefined : 0),
        extensions.keyUsage("keyCertSign", "crlSign"),
        extensions.subjectKeyIdentifier(keyIdentifier),
        ...(isRoot
          ? []
          : [
              extensions.authorityKeyIdentifier(keyIdentifierOf(issuerKey)),
              extensions.certificatePolicies(testPersonsPolicy),
            ]),
      ],
    },
    signerWith(issuerKey),
  );
}

/** A card's keys and certificates, at its first use: `folder` gets them. */
function makeCard(directory: string, folder: string, card: DemonstrationCard, now: number): void {
  const prefix = card.fault === "unknown-authority" ? "unknown-" : "";
  const issuing = readKey(join(directory, `${prefix}issuing.key`));
  const issuer = { name: issuingName, keyIdentifier: keyIdentifierOf(issuing), signer: signerWith(issuing) };
  const validity =
    card.fault === "expired"
      ? { notBefore: now - 25 * day, notAfter: now - day }
      : { notBefore: now - 25 * day, notAfter: now + (card.goodForDays ?? 3 * 365) * day };
  for (const use of ["authentication", "presence"] as const) {
    const kind = use === "authentication" ? card.key : card.presenceKey;
    const key = makeKey(kind);
    // A copied card shows the certificate of a key that it does not have.
    const certified = card.fault === "copied" ? makeKey(kind) : key;
    const holderKey = { use, publicKey: publicKeyOf(certified), keyIdentifier: keyIdentifierOf(certified) };
    writeKey(join(folder, `${use}.key`), key);
    writeFileSync(join(folder, `${use}.crt`), holderCertificate(card, holderKey, validity, issuer));
  }
}

function readCardKey(folder: string, use: string): DemonstrationKey {
  return { key: readKey(join(folder, `${use}.key`)), certificate: readFileSync(join(folder, `${use}.crt`)) };
}

/** Writes both CRLs anew when half of their time is over. */
function renewCrls(directory: string, now: number): void {
  const stampFile = join(directory, "crl-until");
  const until = existsSync(stampFile) ? Number(readFileSync(stampFile, "utf8")) : 0;
  if (until - now > crlLifetime / 2) return;
  const revoked = demonstrationCards
    .filter(card => card.fault === "revoked")
    .flatMap(card => [serialOf(card, "authentication"), serialOf(card, "presence")])
    .map(serial => ({ serial, at: now - day }));
  writeCrl(directory, "root", rootName, [], now);
  writeCrl(directory, "issuing", issuingName, revoked, now);
  writeFileSync(stampFile, String(now + crlLifetime));
}

type Revoked = readonly { readonly serial: Uint8Array; readonly at: number }[];

function writeCrl(directory: string, who: string, issuer: Name, revoked: Revoked, now: number): void {
  const key = readKey(join(directory, `${who}.key`));
  const content = {
    issuer,
    thisUpdate: now - 60_000,
    nextUpdate: now + crlLifetime,
    revoked,
    extensions: [extensions.authorityKeyIdentifier(keyIdentifierOf(key)), extensions.crlNumber(Math.floor(now / 1000))],
  };
  writeFileSync(join(directory, `${who}.crl`), buildCrl(content, signerWith(key)));
}

function writePem(file: string, certificate: Uint8Array): void {
  writeFileSync(file, new X509Certificate(certificate).toString());
}
