import { equalBytes } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";
import type { Sha256 } from "../ports/digest.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import { type CertificateList, readCertificateList } from "./certificate-list.ts";
import { DerProblem } from "./der-reader.ts";
import { understoodWhenCritical } from "./extension-oids.ts";
import type { RefusalReason, Verdict } from "./verdict.ts";

export interface TrustMaterial {
  /** DER each. */
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

export interface Demand {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The leaf must allow at least one of these purposes, by name: an absent extension does not. */
  readonly purposes: readonly string[];
}

interface Ports {
  readonly signatures: SignatureVerifier;
  readonly sha256: Sha256;
}

type Refusal = Extract<Verdict, { valid: false }>;

const digitalSignature = 0;
const keyCertSign = 5;
const crlSign = 6;
const longestPath = 8;
const mostSteps = 200;
const leastRsaBits = 2048;

/**
 * Verdicts on certificates by RFC 5280 section 6: path to one of our anchors, dates, key usage, purposes, revocation by
 * complete CRLs for every certificate below the anchor. What is undetermined is refused. Signatures of issuers and lists
 * that were verified once are remembered by the hash of what was signed.
 */
export class TrustStore {
  readonly #anchors: readonly Certificate[];
  readonly #intermediates: readonly Certificate[];
  readonly #lists: readonly CertificateList[];
  readonly #ports: Ports;
  readonly #verified = new Set<string>();

  /** Throws `DerProblem` where the material cannot be read. */
  constructor(material: TrustMaterial, ports: Ports) {
    this.#anchors = material.anchors.map(readCertificate);
    this.#intermediates = material.intermediates.map(readCertificate);
    this.#lists = material.crls.map(readCertificateList);
    this.#ports = ports;
  }

  validate(leaf: Uint8Array, demand: Demand): Verdict {
    let certificate: Certificate;
    try {
      certificate = readCertificate(leaf);
    } catch (error) {
      if (error instanceof DerProblem) return { valid: false, reason: "certificate-malformed", detail: error.message };
      throw error;
    }
    const unfit = this.#leafProblem(certificate, demand);
    if (unfit !== undefined) return unfit;
    const search = { steps: 0, demand };
    return this.#climb([certificate], search) ?? refuse("no-path-to-anchor", certificate);
  }

  #leafProblem(leaf: Certificate, demand: Demand): Refusal | undefined {
    if (leaf.keyUsage !== undefined && !leaf.keyUsage.has(digitalSignature)) return refuse("key-usage-missing", leaf);
    if (!demand.purposes.some(purpose => leaf.extendedKeyUsage?.includes(purpose)))
      return refuse("purpose-missing", leaf);
    if (leaf.isAuthority) return refuse("purpose-missing", leaf);
    return undefined;
  }

  /** Depth first from the leaf towards an anchor; the refusal that came nearest is the one told. */
  #climb(path: readonly Certificate[], search: { steps: number; readonly demand: Demand }): Verdict | undefined {
    const last = path.at(-1);
    if (last === undefined) return undefined;
    let nearest: Verdict | undefined;
    for (const issuer of [...this.#anchors, ...this.#intermediates]) {
      if (issuer.subject.key !== last.issuer.key) continue;
      search.steps += 1;
      if (search.steps > mostSteps) return refuse("budget-spent", last);
      const isAnchor = this.#anchors.includes(issuer);
      if (
        !isAnchor &&
        path.some(seen => seen.subject.key === issuer.subject.key && equalBytes(seen.publicKey, issuer.publicKey))
      )
        continue;
      const longer = [...path, issuer];
      const verdict = isAnchor
        ? this.#judge(longer, search.demand)
        : longer.length <= longestPath
          ? this.#climb(longer, search)
          : undefined;
      if (verdict?.valid) return verdict;
      if (
        verdict !== undefined &&
        (nearest === undefined || (nearest.valid === false && nearest.reason === "signature-wrong"))
      )
        nearest = verdict;
    }
    return nearest;
  }

  /** Section 6.1 over a whole path, leaf first, anchor last. */
  #judge(path: readonly Certificate[], demand: Demand): Verdict {
    const [leaf] = path;
    if (leaf === undefined) throw new Error("a path has a leaf");
    let subordinates = 0;
    for (let index = 0; index + 1 < path.length; index += 1) {
      const certificate = path[index];
      const issuer = path[index + 1];
      if (certificate === undefined || issuer === undefined) break;
      const problem =
        this.#linkProblem(certificate, issuer, subordinates, demand.at) ??
        this.#revocationProblem(certificate, issuer, demand.at);
      if (problem !== undefined) return problem;
      // A self-issued authority does not count (6.1.4(l)).
      if (index > 0 && certificate.subject.key !== certificate.issuer.key) subordinates += 1;
    }
    const anchor = path.at(-1);
    if (anchor !== undefined && demand.at > anchor.notAfter) return refuse("expired", anchor);
    return { valid: true, certificate: leaf, path };
  }

  #linkProblem(certificate: Certificate, issuer: Certificate, subordinates: number, at: number): Refusal | undefined {
    if (!issuer.isAuthority) return refuse("not-an-authority", issuer);
    if (issuer.keyUsage !== undefined && !issuer.keyUsage.has(keyCertSign)) return refuse("key-usage-missing", issuer);
    const counted =
      subordinates + (certificate.isAuthority && certificate.subject.key !== certificate.issuer.key ? 1 : 0);
    if (issuer.pathLength !== undefined && counted > issuer.pathLength) return refuse("path-too-long", issuer);
    for (const [oid, { critical }] of [...certificate.extensions, ...issuer.extensions]) {
      if (critical && !understoodWhenCritical.has(oid)) return refuse("critical-extension-unknown", certificate, oid);
    }
    if (!allowedKey(certificate) || !allowedKey(issuer)) return refuse("key-not-allowed", certificate);
    if (certificate.signatureScheme === undefined || isSha1(certificate.signatureScheme))
      return refuse("algorithm-not-allowed", certificate);
    if (!this.#signed(certificate, issuer)) return refuse("signature-wrong", certificate);
    if (at < certificate.notBefore) return refuse("not-yet-valid", certificate);
    if (at > certificate.notAfter) return refuse("expired", certificate);
    return undefined;
  }

  /** Section 6.3 for complete CRLs signed by the issuer's own key. */
  #revocationProblem(certificate: Certificate, issuer: Certificate, at: number): Refusal | undefined {
    const own = this.#lists.filter(list => list.issuer.key === certificate.issuer.key);
    const usable = own.filter(
      list =>
        at >= list.thisUpdate &&
        list.nextUpdate !== undefined &&
        at <= list.nextUpdate &&
        (issuer.keyUsage === undefined || issuer.keyUsage.has(crlSign)) &&
        ![...list.extensions.values()].some(extension => extension.critical) &&
        !list.entries.hasUnknownCritical &&
        list.signatureScheme !== undefined &&
        !isSha1(list.signatureScheme) &&
        this.#signed(list, issuer),
    );
    // One that says revoked counts, even beside another that does not.
    if (usable.some(list => list.entries.entryOf(certificate.serial, certificate.issuer.key) !== undefined))
      return refuse("revoked", certificate);
    return usable.length === 0
      ? refuse("revocation-unknown", certificate, own.length === 0 ? "no list" : "no list that is current and signed")
      : undefined;
  }

  #signed(thing: Pick<Certificate, "signatureScheme" | "signedBytes" | "signature">, issuer: Certificate): boolean {
    if (thing.signatureScheme === undefined) return false;
    const name = [thing.signedBytes, thing.signature, issuer.publicKey]
      .map(part => toHex(this.#ports.sha256(part)))
      .join();
    if (this.#verified.has(name)) return true;
    const good = this.#ports.signatures.verify(
      thing.signatureScheme,
      issuer.publicKey,
      thing.signedBytes,
      thing.signature,
    );
    if (good && this.#verified.size < 10_000) this.#verified.add(name);
    return good;
  }
}

function refuse(reason: RefusalReason, certificate: Certificate, more?: string): Refusal {
  const detail = `certificate ${toHex(certificate.serial)} of ${certificate.issuer.key}`;
  return { valid: false, reason, detail: more === undefined ? detail : `${detail}: ${more}` };
}

function allowedKey({ keyKind }: Certificate): boolean {
  return keyKind.kind === "ec" || (keyKind.kind === "rsa" && keyKind.bits >= leastRsaBits);
}

function isSha1(scheme: NonNullable<Certificate["signatureScheme"]>): boolean {
  return scheme.kind !== "ed25519" && scheme.hash === "sha1";
}
