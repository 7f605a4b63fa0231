import { DerProblem, DerReader } from "./der-reader.ts";
import { readTime } from "./der-values.ts";
import { type ReadExtensions, readExtensionList } from "./extensions.ts";
import { readGeneralNames } from "./general-name.ts";

/** CRLReason of RFC 5280, 5.3.1, where a verdict asks for it. */
export const crlReasons = { unspecified: 0, certificateHold: 6, removeFromCRL: 8 } as const;

const reasonCode = 21;
const invalidityDate = 24;
const certificateIssuer = 29;
/** Extensions of an entry that we honour, by the last number of their OID 2.5.29.n. */
const honoured: readonly number[] = [reasonCode, invalidityDate, certificateIssuer];
const idCe = "2.5.29.";

/** What entries of a list may say. */
export interface EntryNature {
  /** They may be about certificates of other issuers. */
  readonly isIndirect: boolean;
  /** False in lists of version 1. */
  readonly hasExtensions: boolean;
}

/**
 * Goes over the entries of a list one after another, as strict as `DerReader` and its readers of values, and makes nothing for
 * an entry: a national list has hundreds of thousands. What the last entry said stands in its members.
 */
export class EntryScanner {
  readonly #bytes: Uint8Array;
  readonly #nature: EntryNature;
  #at = 0;
  #timeStart = 0;
  /** Where the entry's element and the content of its serial number begin and end. */
  entryStart = 0;
  serialStart = 0;
  serialEnd = 0;
  reason: number = crlReasons.unspecified;
  /** The key of the certificate issuer's name, where the entry names one. */
  namedIssuer: string | undefined;
  /** The entry has a critical extension that we do not honour. */
  hasUnknownCritical = false;

  /** `bytes`: the content of revokedCertificates. */
  constructor(bytes: Uint8Array, nature: EntryNature) {
    this.#bytes = bytes;
    this.#nature = nature;
  }

  /** When the entry says that the certificate was revoked, milliseconds since 1970. */
  get revokedAt(): number {
    const [tag = 0, length = 0] = this.#bytes.subarray(this.#timeStart);
    const content = this.#bytes.subarray(this.#timeStart + 2, this.#timeStart + 2 + length);
    return readTime({ tag, content, whole: content });
  }

  /** How many entries there are, by their lengths alone. */
  count(): number {
    let count = 0;
    for (this.#at = 0; this.#at < this.#bytes.length; count += 1) this.#at = this.#enter(0x30, this.#bytes.length);
    this.#at = 0;
    return count;
  }

  /** Reads the next entry; false at the end. Throws `DerProblem`. */
  next(): boolean {
    const bytes = this.#bytes;
    if (this.#at === bytes.length) return false;
    this.entryStart = this.#at;
    this.reason = crlReasons.unspecified;
    this.namedIssuer = undefined;
    this.hasUnknownCritical = false;
    const end = this.#enter(0x30, bytes.length);
    this.serialEnd = this.#enter(0x02, end);
    this.serialStart = this.#at;
    this.#checkInteger();
    this.#at = this.serialEnd;
    this.#time(end);
    if (this.#at < end) this.#extensions(end);
    return true;
  }

  /** Steps into an element of this tag that ends before `limit`; answers where it ends. */
  #enter(tag: number, limit: number): number {
    const found = this.#byte(limit);
    if (found !== tag) throw new DerProblem(`tag ${found} where ${tag} belongs`);
    let length = this.#byte(limit);
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 4) throw new DerProblem("length form");
      length = 0;
      for (let index = 0; index < count; index += 1) length = length * 256 + this.#byte(limit);
      if (length < 0x80 || length < 256 ** (count - 1)) throw new DerProblem("length not in its shortest form");
    }
    if (this.#at + length > limit) throw new DerProblem("element longer than what holds it");
    return this.#at + length;
  }

  #byte(limit: number): number {
    if (this.#at >= limit) throw new DerProblem("cut short");
    return this.#bytes[this.#at++] ?? 0;
  }

  #checkInteger(): void {
    const first = this.#bytes[this.serialStart] ?? 0;
    const second = this.#bytes[this.serialStart + 1] ?? 0;
    const length = this.serialEnd - this.serialStart;
    if (length === 0) throw new DerProblem("integer");
    if (length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second > 0x7f)))
      throw new DerProblem("integer not in its shortest form");
  }

  #time(limit: number): void {
    this.#timeStart = this.#at;
    const tag = this.#bytes[this.#at] ?? 0;
    if (tag !== 0x17 && tag !== 0x18) throw new DerProblem("time");
    const end = this.#enter(tag, limit);
    if (!isTime(this.#bytes, tag, this.#at, end)) throw new DerProblem("time");
    this.#at = end;
  }

  #extensions(limit: number): void {
    if (!this.#nature.hasExtensions) throw new DerProblem("extensions in a version 1 list");
    const end = this.#enter(0x30, limit);
    if (end !== limit) throw new DerProblem("trailing bytes");
    const start = this.#at;
    // The one extension that nearly every entry has, alone and not critical, in its only encoding.
    if (end - start === 12 && isReasonAlone(this.#bytes, start)) this.reason = allowedReason(this.#bytes[end - 1] ?? 0);
    else this.#take(readExtensionList(this.#bytes.subarray(start, end)));
    this.#at = end;
  }

  /** Any other extensions are read as extensions everywhere are. */
  #take(extensions: ReadExtensions): void {
    for (const [oid, { critical }] of extensions) {
      const number = oid.startsWith(idCe) ? Number(oid.slice(idCe.length)) : Number.NaN;
      const isHonoured = honoured.includes(number) && (number !== certificateIssuer || this.#nature.isIndirect);
      if (critical && !isHonoured) this.hasUnknownCritical = true;
    }
    const reason = extensions.get(`${idCe}${reasonCode}`);
    if (reason !== undefined) this.reason = readReason(reason.value);
    const issuer = extensions.get(`${idCe}${certificateIssuer}`);
    if (issuer !== undefined && this.#nature.isIndirect) this.namedIssuer = readIssuer(issuer.value);
  }
}

/** SEQUENCE of the OID 2.5.29.21 and an OCTET STRING with an ENUMERATED of one byte. */
const reasonAlone = [0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01] as const;

function isReasonAlone(bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < reasonAlone.length; index += 1)
    if (bytes[start + index] !== reasonAlone[index]) return false;
  return true;
}

function readReason(value: Uint8Array): number {
  const [reason, ...more] = DerReader.single(value, 0x0a).content;
  if (reason === undefined || more.length > 0) throw new DerProblem("reason code");
  return allowedReason(reason);
}

function allowedReason(reason: number): number {
  if (reason > 10 || reason === 7) throw new DerProblem("reason code");
  return reason;
}

function readIssuer(value: Uint8Array): string {
  const names = readGeneralNames(DerReader.single(value, 0x30).content);
  const [name, ...others] = names.flatMap(one => (one.form === "directoryName" ? [one.name.key] : []));
  if (name === undefined || others.length > 0) throw new DerProblem("certificate issuer of an entry");
  return name;
}

const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** What `readTime` reads: digits in the one form of each time type, and a day that there is. */
function isTime(bytes: Uint8Array, tag: number, start: number, end: number): boolean {
  const yearDigits = tag === 0x17 ? 2 : 4;
  if (end - start !== yearDigits + 11 || bytes[end - 1] !== 0x5a) return false;
  for (let at = start; at < end - 1; at += 1) {
    const digit = bytes[at] ?? 0;
    if (digit < 0x30 || digit > 0x39) return false;
  }
  const rest = start + yearDigits;
  // 2000 was a leap year, so two digits tell; hundreds count for the others.
  const century = yearDigits === 4 ? pair(bytes, start) : 20;
  const year = pair(bytes, rest - 2);
  const month = pair(bytes, rest);
  const day = pair(bytes, rest + 2);
  const leap = year % 4 === 0 && (year !== 0 || century % 4 === 0);
  const days = (daysIn[month - 1] ?? 0) + (month === 2 && leap ? 1 : 0);
  return (
    day >= 1 && day <= days && pair(bytes, rest + 4) <= 23 && pair(bytes, rest + 6) <= 59 && pair(bytes, rest + 8) <= 59
  );
}

/** The number that two digits write. */
function pair(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) - 0x30) * 10 + (bytes[at + 1] ?? 0) - 0x30;
}
