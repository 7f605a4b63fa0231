import { randomBytes } from "node:crypto";
import {
  encodeExtensions,
  encodeName,
  signatureAlgorithm,
  signStructure,
} from "../../../core/x509/build-certificate.ts";
import { der, explicit, integer, sequence, time } from "../../../core/x509/der-writer.ts";
import { extensions } from "../../../core/x509/extensions.ts";
import { day, factoryNow, signerOf, type TestAuthority } from "../../fixtures/certificate-factory.ts";

/** The first half of every serial number that the authority gives. */
const shared = Uint8Array.of(0x1d, 0x5d, 0xe2, 0x5e, 0x3d, 0xc1, 0x4b, 0xde);
const serialAt = 4;

export interface NationalList {
  readonly der: Uint8Array<ArrayBuffer>;
  serial(number: number): Uint8Array;
}

/** A list as a national authority publishes it: so many entries with serials of 16 bytes, whose first 8 are the same, and a reason. */
export function nationalList(authority: TestAuthority, count: number): NationalList {
  const reason = { oid: "2.5.29.21", critical: false, value: der(0x0a, Uint8Array.of(1)) };
  const filled = new Uint8Array(16);
  filled.set(shared);
  const entry = sequence(integer(filled), time(factoryNow - day), encodeExtensions([reason]));
  const entries = new Uint8Array(entry.length * count);
  const random = randomBytes(8 * count);
  for (let number = 0; number < count; number += 1) {
    entries.set(entry, number * entry.length);
    entries.set(random.subarray(number * 8, number * 8 + 8), number * entry.length + serialAt + shared.length);
  }
  const signer = signerOf(authority.key);
  const content = sequence(
    integer(1),
    signatureAlgorithm(signer),
    encodeName(authority.name),
    time(factoryNow - day),
    time(factoryNow + day),
    sequence(entries),
    explicit(0, encodeExtensions([extensions.crlNumber(1)])),
  );
  const start = (number: number) => number * entry.length + serialAt;
  return {
    der: signStructure(content, signer),
    serial: number => entries.slice(start(number), start(number) + shared.length + 8),
  };
}
