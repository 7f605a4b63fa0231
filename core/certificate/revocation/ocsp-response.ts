import type { HashName, SignatureScheme } from "../../ports/signature-verifier.ts";
import { type Certificate, readCertificate } from "../certificate.ts";
import { type DerElement, DerProblem, DerReader, membersOf } from "../der-reader.ts";
import { readBytesOfBits, readInteger, readObjectIdentifier, readSmallInteger, readTime } from "../der-values.ts";
import { type DistinguishedName, readName } from "../distinguished-name.ts";
import { type ReadExtensions, readExtensions } from "../extensions.ts";
import { readDigestAlgorithm, readSignatureAlgorithm } from "../signature-algorithm.ts";

/** Whom a SingleResponse is about, by hashes of its issuer. */
export interface CertificateIdentifier {
  /** `undefined`: a hash that we do not know. */
  readonly hash: HashName | undefined;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serial: Uint8Array;
}

/** RFC 6960, 4.2.1. Times in milliseconds since 1970. */
export interface SingleResponse {
  readonly about: CertificateIdentifier;
  readonly status: "good" | "revoked" | "unknown";
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  readonly extensions: ReadExtensions;
}

export type ResponderId =
  | { readonly kind: "name"; readonly name: DistinguishedName }
  | { readonly kind: "key"; readonly sha1: Uint8Array };

/** A successful basic response taken apart; nothing of it is verified yet. */
export interface OcspResponse {
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly signatureScheme: SignatureScheme | undefined;
  readonly responder: ResponderId;
  readonly producedAt: number;
  readonly responses: readonly SingleResponse[];
  readonly extensions: ReadExtensions;
  /** Those sent along that can be read. */
  readonly certificates: readonly Certificate[];
}

const basicResponse = "1.3.6.1.5.5.7.48.1.1";
const mostBytes = 262_144;
const mostCertificates = 10;

/** Reads a response strictly. Throws `DerProblem`, also where the responder answers that it does not answer. */
export function readOcspResponse(der: Uint8Array): OcspResponse {
  if (der.length > mostBytes) throw new DerProblem(`more than ${mostBytes} bytes`);
  const outer = new DerReader(DerReader.single(der, 0x30).content);
  const status = outer.read(0x0a).content;
  if (status.length !== 1 || status[0] !== 0) throw new DerProblem(`response status ${status.join(".")}`);
  const bytes = new DerReader(DerReader.single(outer.read(0xa0).content, 0x30).content);
  outer.end();
  if (readObjectIdentifier(bytes.read(0x06)) !== basicResponse) throw new DerProblem("response of another type");
  const basic = new DerReader(DerReader.single(bytes.read(0x04).content, 0x30).content);
  bytes.end();

  const data = basic.read(0x30);
  const algorithm = basic.read(0x30);
  const signature = readBytesOfBits(basic.read(0x03));
  const certificates = basic.optional(0xa0);
  basic.end();
  return {
    signedBytes: data.whole,
    signature,
    signatureScheme: readSignatureAlgorithm(algorithm),
    certificates: certificates === undefined ? [] : readCertificates(DerReader.single(certificates.content, 0x30)),
    ...readResponseData(data),
  };
}

function readResponseData({ content }: DerElement) {
  const reader = new DerReader(content);
  const version = reader.optional(0xa0);
  if (version !== undefined && readSmallInteger(DerReader.single(version.content, 0x02)) !== 0)
    throw new DerProblem("version of a response");
  const responder = readResponder(reader.read());
  const producedAt = readGeneralizedTime(reader.read(0x18));
  const responses = membersOf(reader.read(0x30)).map(readSingle);
  const extensions = readExtensions(reader.optional(0xa1));
  reader.end();
  return { responder, producedAt, responses, extensions };
}

function readResponder({ tag, content }: DerElement): ResponderId {
  if (tag === 0xa1) return { kind: "name", name: readName(DerReader.single(content, 0x30)) };
  if (tag === 0xa2) return { kind: "key", sha1: DerReader.single(content, 0x04).content };
  throw new DerProblem("responder");
}

function readSingle(element: DerElement): SingleResponse {
  if (element.tag !== 0x30) throw new DerProblem("single response");
  const reader = new DerReader(element.content);
  const about = readIdentifier(reader.read(0x30));
  const status = readStatus(reader.read());
  const thisUpdate = readGeneralizedTime(reader.read(0x18));
  const next = reader.optional(0xa0);
  const nextUpdate = next === undefined ? undefined : readGeneralizedTime(DerReader.single(next.content, 0x18));
  const extensions = readExtensions(reader.optional(0xa1));
  reader.end();
  return { about, status, thisUpdate, nextUpdate, extensions };
}

function readIdentifier({ content }: DerElement): CertificateIdentifier {
  const reader = new DerReader(content);
  const hash = readDigestAlgorithm(reader.read(0x30));
  const issuerNameHash = reader.read(0x04).content;
  const issuerKeyHash = reader.read(0x04).content;
  const serial = readInteger(reader.read(0x02));
  reader.end();
  return { hash, issuerNameHash, issuerKeyHash, serial };
}

function readStatus({ tag, content }: DerElement): SingleResponse["status"] {
  if (tag === 0x80 && content.length === 0) return "good";
  if (tag === 0x82 && content.length === 0) return "unknown";
  if (tag !== 0xa1) throw new DerProblem("certificate status");
  const reader = new DerReader(content);
  readGeneralizedTime(reader.read(0x18));
  reader.optional(0xa0);
  reader.end();
  return "revoked";
}

function readGeneralizedTime(element: DerElement): number {
  if (element.tag !== 0x18) throw new DerProblem("generalized time");
  return readTime(element);
}

/** One that cannot be read may be there for others. */
function readCertificates(list: DerElement): readonly Certificate[] {
  const members = membersOf(list);
  if (members.length > mostCertificates) throw new DerProblem("more certificates than anybody needs");
  return members.flatMap(({ whole }) => {
    try {
      return [readCertificate(whole)];
    } catch (error) {
      if (error instanceof DerProblem) return [];
      throw error;
    }
  });
}
